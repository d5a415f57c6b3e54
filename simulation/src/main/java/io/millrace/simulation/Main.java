package io.millrace.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.simulation.fault.PlantedFault;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code simulate}. */
@Command(
    name = "millrace simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the engine's own steps over a simulated broker, database and clock, where",
      "processes crash and stop, connections are lost and answers go missing, in an",
      "order that a seed decides; and checks every commit and every acknowledgement.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 if nothing is wrong, 1 if a seed shows something, whose history",
      "is printed, 2 for wrong arguments. With --plant, 0 if the fault is found, 1 if",
      "not. A seed shows the same as long as the code is the same."
    })
public final class Main implements Callable<Integer> {

  private static final long MOST_SEEDS = 1_000_000_000_000L;
  private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(5).toNanos();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seeds",
      defaultValue = "10000",
      description = "How many seeds to run; 10000 by default.")
  private long count;

  @Option(names = "--from", description = "The first seed; by default one that nobody has tried.")
  private @Nullable Long first;

  @Option(names = "--seed", description = "Run this one alone, and print its history.")
  private @Nullable Long single;

  @Option(
      names = "--plant",
      description = {"Plant a fault, to see that it is found. One of:", "${COMPLETION-CANDIDATES}"})
  private @Nullable PlantedFault planted;

  /** Runs the command. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    System.exit(run(out, err, args));
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (e, _) -> {
              err.println("millrace: " + e.getMessage() + "; millrace simulate --help says more");
              return CommandLine.ExitCode.USAGE;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine command = command();
    if (count < 1 || count > MOST_SEEDS) {
      throw new ParameterException(
          command, "--seeds is %d: give from 1 to %d".formatted(count, MOST_SEEDS));
    }
    PrintWriter out = command.getOut();
    Set<PlantedFault> faults = EnumSet.noneOf(PlantedFault.class);
    if (planted != null) {
      faults.add(planted);
    }
    if (single != null) {
      Simulation.Run run = Simulation.of(single, faults, true);
      print(run, out);
      return run.violation() == null == (planted == null) ? 0 : 1;
    }
    return runMany(faults, out);
  }

  private int runMany(Set<PlantedFault> faults, PrintWriter out) throws InterruptedException {
    long from = first == null ? new SecureRandom().nextLong(MOST_SEEDS) : first;
    out.println(String.format(Locale.ROOT, "%,d seeds from %d on", count, from));
    Tally tally = new Tally(count, out);
    Optional<Simulation.Run> found =
        new Seeds(from, count, Runtime.getRuntime().availableProcessors()).run(faults, tally::add);
    tally.print();
    if (found.isEmpty()) {
      out.println(
          planted == null
              ? "nothing is wrong: no job lost, stuck, recorded twice or untold, no effect twice"
              : "the fault was not found");
      return planted == null ? 0 : 1;
    }
    print(Simulation.of(found.get().seed(), faults, true), out);
    return planted == null ? 1 : 0;
  }

  private static void print(Simulation.Run run, PrintWriter out) {
    run.history().forEach(out::println);
    Throwable violation = run.violation();
    out.println(
        violation == null
            ? "seed %d: nothing is wrong".formatted(run.seed())
            : "seed %d: %s".formatted(run.seed(), violation.getMessage()));
    if (violation != null) {
      out.println("to see it again: ./millrace simulate --seed " + run.seed());
    }
  }

  private CommandLine command() {
    if (spec == null) {
      throw new IllegalStateException("picocli did not set the command");
    }
    return spec.commandLine();
  }

  /** Counts runs, and prints a line now and then. */
  private static final class Tally {

    private final long count;
    private final PrintWriter out;
    private final long begunNanos = System.nanoTime();
    private final AtomicLong nextLineNanos = new AtomicLong(begunNanos + NANOS_BETWEEN_LINES);
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong seconds = new AtomicLong();

    Tally(long count, PrintWriter out) {
      this.count = count;
      this.out = out;
    }

    void add(Simulation.Run run) {
      runs.incrementAndGet();
      steps.addAndGet(run.steps());
      seconds.addAndGet(run.lasted().toSeconds());
      long now = System.nanoTime();
      long due = nextLineNanos.get();
      if (now - due >= 0 && nextLineNanos.compareAndSet(due, now + NANOS_BETWEEN_LINES)) {
        print();
      }
    }

    void print() {
      out.println(
          String.format(
              Locale.ROOT,
              "%,d of %,d seeds, %,d steps, %,d hours of simulated time, %.0f s",
              runs.get(),
              count,
              steps.get(),
              Duration.ofSeconds(seconds.get()).toHours(),
              (System.nanoTime() - begunNanos) / 1e9));
    }
  }
}
