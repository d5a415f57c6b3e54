package io.millrace.standalone.demo;

import io.millrace.core.batch.BatchRun;
import io.millrace.standalone.command.CommonOptions;
import io.millrace.standalone.command.EngineOptions;
import io.millrace.standalone.command.Screen;
import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.Engine;
import io.millrace.standalone.engine.EngineAddress;
import io.millrace.standalone.engine.EngineSettings;
import io.millrace.standalone.engine.EngineSettings.Console;
import io.millrace.standalone.failure.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a real workload through the engine and shows the figures. */
@Command(
    name = "demo",
    description = "Start the standalone engine, run a book of loans through it, show the figures.",
    footer = {
      "",
      "Every loan is a job: its repayment schedule. At the end all instalments in PostgreSQL are",
      "added up and compared with a control total that is computed without the engine.",
      "Then the night: a batch accrues a day's interest on a book of 20000 loans.",
      "Exit code 1 if a job or a batch failed or totals differ."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int MOST = 5_000_000;
  private static final DateTimeFormatter RUN =
      DateTimeFormatter.ofPattern("'demo-'uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many loans; 20000 by default, at most 5000000.")
  private int count = 20_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Which book of loans, 0 or more; 42 by default.")
  private long seed = 42;

  @Option(
      names = "--fresh",
      description = "Delete the data of the embedded broker and database before.")
  private boolean fresh;

  @Option(names = "--keep", description = "Leave the engine running at the end, until Ctrl-C.")
  private boolean keep;

  @Mixin private EngineOptions options = new EngineOptions();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    Screen screen = Screen.of(spec);
    EngineSettings settings = options.settings(common.folder(), Console.WARN, System.getenv());
    Instant begin = clock.instant();
    screen.say("starting broker, database, worker, scheduler and API in one process...");
    Engine.Running running = Engine.start(settings, fresh);
    try (Engine _ = running.engine()) {
      double seconds = Duration.between(begin, clock.instant()).toMillis() / 1e3;
      screen.say(
          String.format(Locale.ROOT, "started in %.1f s: %s", seconds, running.address().api()));
      return run(running, screen, settings.folder());
    } catch (RuntimeException e) {
      if (running.engine().isClosing()) {
        throw new CommandFailure("the demo was stopped before its end", e);
      }
      throw e;
    }
  }

  private Integer run(Engine.Running running, Screen screen, DataFolder folder)
      throws InterruptedException {
    Run run = new Run(newName(), seed, count);
    screen.say("");
    screen.say(
        String.format(
            Locale.ROOT,
            "publishing %,d loans of book %d as jobs of type %s",
            count,
            seed,
            Run.TYPE));
    Report report = new Demo(running, clock, screen).carryOut(run);
    screen.say("");
    screen.say(report.text());
    screen.say("");
    screen.say("the night: a book of loans, and a day's interest on each, as a batch");
    BatchRun night = new Night(running, screen, folder).carryOut();
    screen.say("");
    screen.say(whereToLook(running.address(), run, night, folder));
    if (keep) {
      screen.say("the engine runs until Ctrl-C.");
      running.engine().awaitClosing();
    }
    if (!report.isGood()) {
      throw new CommandFailure(
          "the demo failed: %s; not every job succeeded or %s"
              .formatted(report.states(), report.audit().verdict()));
    }
    return 0;
  }

  private String whereToLook(EngineAddress engine, Run run, BatchRun night, DataFolder folder) {
    Object job = run.jobId(run.loans().findFirst().orElseThrow());
    String when =
        keep
            ? "look at it:"
            : "the engine stops now; ./millrace up%s starts it again on these data, then look at:"
                .formatted(folder.option());
    return """
      %s
        health   curl %s
        metrics  curl %s
        a job    ./millrace job %s%s
                 curl -H "Authorization: Bearer $(./millrace token --role viewer%s)" %s
        a batch  ./millrace batch show %s%s
        log      %s"""
        .formatted(
            when,
            engine.health(),
            engine.metrics(),
            job,
            folder.option(),
            folder.option(),
            engine.job(job),
            night.id(),
            folder.option(),
            folder.log());
  }

  /** New for each run, also for two that begin in the same second. */
  private String newName() {
    return RUN.format(clock.instant()) + "-" + UUID.randomUUID().toString().substring(0, 4);
  }

  private void requireSense() {
    if (count < 1 || count > MOST) {
      throw new CommandFailure("--count is %d and has to be 1 to %d".formatted(count, MOST));
    }
    if (seed < 0) {
      throw new CommandFailure("--seed is %d and has to be 0 or more".formatted(seed));
    }
    if (fresh && options.usesOtherDatabase()) {
      throw new CommandFailure(
          "--fresh deletes data of the embedded servers only: leave it out with --database");
    }
  }
}
