package io.millrace.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.chaos.engine.ServerSettings;
import io.millrace.testing.PrivatePostgres;
import io.millrace.testing.PrivateRabbit;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code chaos}. */
@Command(
    name = "millrace chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Starts RabbitMQ, PostgreSQL, two workers and two schedulers of its own,",
      "publishes jobs, kills, stops and cuts off all of them at random, starts them",
      "again, and checks the history of every job: nothing lost, nothing recorded",
      "twice, no effect twice, every outcome announced.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 if nothing is wrong, 1 if something is or the run failed,",
      "2 for wrong arguments. Needs a rabbitmq-server on this machine; ./millrace test",
      "installs one. Ctrl-C ends all of it."
    })
public final class Main implements Callable<Integer> {

  private static final String PREFIX = "millrace: ";

  /** Ten faults of each kind in fifteen minutes. */
  private static final double MINUTES_A_ROUND = 1.5;

  private static final double LEAST_MINUTES = 0.1;
  private static final double MOST_MINUTES = 24 * 60;
  private static final int MOST_RATE = 2_000;

  /** The least that can lose a node and still has a majority. */
  private static final int CLUSTER = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "15",
      description = "How long faults are injected; 15 by default, with ten of each kind.")
  private double minutes;

  @Option(
      names = "--seed",
      description = "Of the faults, their moments and the jobs; a random one by default.")
  private @Nullable Long seed;

  @Option(
      names = "--rate",
      paramLabel = "JOBS/S",
      defaultValue = "50",
      description = "Jobs published a second; 50 by default.")
  private int rate;

  @Option(
      names = "--nodes",
      defaultValue = "1",
      description = {
        "Nodes of RabbitMQ, 1 or 3; 1 by default. With 3, every queue has three",
        "replicas, and the node that leads one is killed in place of the broker."
      })
  private int nodes;

  @Option(
      names = "--disk-full",
      description = {
        "Also fills up PostgreSQL's disk, a small file system of its own; needs root",
        "on Linux, and is left out where it is not possible."
      })
  private boolean diskFull;

  public static void main(String[] args) {
    LoggingSystem.get(Main.class.getClassLoader()).beforeInitialize();
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    int status =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler(
                (failure, _, _) -> {
                  err.println(PREFIX + "the run failed: " + failure.getMessage());
                  failure.printStackTrace(err);
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .setParameterExceptionHandler(
                (failure, _) -> {
                  err.println(
                      PREFIX
                          + failure.getMessage()
                          + ": ./millrace chaos --help says what there is");
                  return CommandLine.ExitCode.USAGE;
                })
            .execute(args);
    System.exit(status);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = command().commandLine().getOut();
    within("--minutes", minutes, LEAST_MINUTES, MOST_MINUTES);
    within("--rate", rate, 1, MOST_RATE);
    if (nodes != 1 && nodes != CLUSTER) {
      throw new ParameterException(command().commandLine(), "--nodes has to be 1 or 3");
    }
    if (!PrivateRabbit.isAvailable()) {
      command()
          .commandLine()
          .getErr()
          .println(
              PREFIX
                  + "chaos kills a RabbitMQ of its own, and there is no rabbitmq-server on this machine:"
                  + " install Debian's package rabbitmq-server, or let ./millrace test do it");
      return CommandLine.ExitCode.SOFTWARE;
    }
    long chosen = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
    ChaosSettings settings = settings(chosen);
    if (diskFull && !settings.servers().smallDisk()) {
      out.println(
          "no disk will be full: mounting a small one needs root on Linux, and was refused");
    }
    boolean clean =
        new ChaosRun(
                settings,
                line -> {
                  synchronized (out) {
                    out.println(line);
                  }
                })
            .run()
            .isClean();
    out.println("logs and history: " + settings.folder());
    return clean ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private ChaosSettings settings(long chosen) throws IOException {
    Path folder =
        Path.of(
            System.getProperty("millrace.data", ".millrace"), "chaos-runs", Long.toString(chosen));
    empty(folder);
    return new ChaosSettings(
        new ServerSettings(nodes, diskFull && PrivatePostgres.canHaveSmallDisk()),
        new ChaosSettings.Faults(
            Duration.ofMillis(Math.round(minutes * 60_000)),
            (int) Math.max(1, Math.round(minutes / MINUTES_A_ROUND))),
        rate,
        chosen,
        PATIENCE,
        folder);
  }

  private void within(String name, double value, double least, double most) {
    if (value < least || value > most) {
      throw new ParameterException(
          command().commandLine(),
          "%s has to be %s to %s".formatted(name, plain(least), plain(most)));
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command");
    }
    return spec;
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(folder)) {
        files = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.createDirectories(folder);
  }
}
