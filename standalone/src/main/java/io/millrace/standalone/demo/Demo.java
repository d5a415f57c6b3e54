package io.millrace.standalone.demo;

import io.millrace.examples.lending.book.ControlTotal;
import io.millrace.standalone.command.Screen;
import io.millrace.standalone.engine.Engine;
import io.millrace.standalone.failure.CommandFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sends the loans of a run through a running engine, watches them, and audits the results. */
final class Demo {

  private static final int SAMPLES = 3;

  /** An engine that ends no job for so long is stuck. */
  private static final Duration STALL = Duration.ofSeconds(60);

  private final Engine.Running engine;
  private final InstantSource clock;
  private final Screen screen;
  private final DemoStore store;

  Demo(Engine.Running engine, InstantSource clock, Screen screen) {
    this.engine = engine;
    this.clock = clock;
    this.screen = screen;
    this.store = new DemoStore(engine.context().getBean(JdbcClient.class));
  }

  /**
   * Returns when every job of the run has ended.
   *
   * @throws CommandFailure if not everything could be published, or jobs are stuck
   */
  Report carryOut(Run run) throws InterruptedException {
    CompletableFuture<SortedMap<String, BigDecimal>> expected = controlTotal(run);
    Outstanding outstanding = new Outstanding();
    Publishing publishing = new Publishing(run, engine.address().broker(), outstanding);
    Instant begin = clock.instant();
    publishing.start();
    watch(run, begin, outstanding, publishing);
    screen.say("all jobs have ended; adding up their results...");
    Optional<Latencies> latencies = store.latencies(run);
    return new Report(
        run,
        store.states(run),
        Duration.between(begin, latencies.map(Latencies::last).orElse(begin)),
        latencies,
        samples(run),
        new Audit(store.instalments(run), expected.join()));
  }

  private void watch(Run run, Instant begin, Outstanding outstanding, Publishing publishing)
      throws InterruptedException {
    ProgressLine line = new ProgressLine(screen);
    Pace pace = new Pace();
    Instant lastEnd = begin;
    while (outstanding.done() < run.count()) {
      if (engine.engine().awaitClosing(line.interval())) {
        throw new CommandFailure("the demo was stopped before its end");
      }
      int before = outstanding.done();
      outstanding.look(store::ended);
      Instant now = clock.instant();
      lastEnd = outstanding.done() > before ? now : lastEnd;
      Duration elapsed = Duration.between(begin, now);
      line.show(
          new Progress(
              outstanding.done(),
              outstanding.failed(),
              run.count(),
              elapsed,
              pace.mark(elapsed, outstanding.done())));
      requireMovement(run, outstanding, publishing.obstacle(), Duration.between(lastEnd, now));
    }
    line.end();
  }

  private void requireMovement(
      Run run, Outstanding outstanding, @Nullable String obstacle, Duration still) {
    if (obstacle != null) {
      throw new CommandFailure("a job could not be published: " + obstacle);
    }
    if (still.compareTo(STALL) > 0) {
      throw new CommandFailure(
          "no job has ended for %d s, %d of %d are open: the log says more"
              .formatted(STALL.toSeconds(), run.count() - outstanding.done(), run.count()));
    }
  }

  /** Computed beside the run and with less right to the processors, and without the engine. */
  private static CompletableFuture<SortedMap<String, BigDecimal>> controlTotal(Run run) {
    return CompletableFuture.supplyAsync(
        () -> ControlTotal.byCurrency(run.loans()),
        task ->
            Thread.ofPlatform()
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .name("demo-control-total")
                .start(task));
  }

  private List<Sample> samples(Run run) {
    return run.loans()
        .limit(SAMPLES)
        .flatMap(loan -> store.sample(run.jobId(loan), loan.id()).stream())
        .toList();
  }
}
