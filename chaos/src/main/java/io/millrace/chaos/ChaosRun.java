package io.millrace.chaos;

import io.millrace.chaos.engine.Engine;
import io.millrace.chaos.engine.Queues;
import io.millrace.chaos.fault.FaultInjector;
import io.millrace.chaos.fault.FaultKind;
import io.millrace.chaos.fault.FaultPlan;
import io.millrace.chaos.history.History;
import io.millrace.chaos.history.HistoryChecker;
import io.millrace.chaos.history.HistoryFile;
import io.millrace.chaos.history.HistoryReader;
import io.millrace.chaos.history.HistoryStore;
import io.millrace.chaos.history.Verdict;
import io.millrace.chaos.load.Listening;
import io.millrace.chaos.load.Publishing;
import io.millrace.core.Pause;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One run: an engine under load, faults, peace, and the verdict. */
final class ChaosRun {

  /**
   * RabbitMQ writes down what was declared up to two seconds later than what was published: a kill
   * before that would lose queues with all they hold.
   */
  private static final Duration DECLARED = Duration.ofSeconds(5);

  /** What comes after the last fault shows whether the engine is well again. */
  private static final Duration AFTERMATH = Duration.ofSeconds(3);

  /** RabbitMQ counts twice a second. */
  private static final Duration COUNTED = Duration.ofSeconds(2);

  private final ChaosSettings settings;
  private final List<FaultKind> kinds;
  private final FaultPlan plan;
  private final Consumer<String> say;
  private final long began = System.nanoTime();

  /**
   * @param say takes the lines that tell what goes on, from several threads
   */
  ChaosRun(ChaosSettings settings, Consumer<String> say) {
    this.settings = settings;
    this.kinds = FaultKind.on(settings.servers());
    this.plan =
        FaultPlan.draw(
            settings.seed(), kinds, settings.faults().length(), settings.faults().ofEachKind());
    this.say = say;
  }

  /** Runs it all, prints the verdict and answers it. */
  Verdict run() throws IOException, InterruptedException {
    say.accept(
        "seed %d, %d jobs/s, %d faults in %s"
            .formatted(
                settings.seed(),
                settings.rate(),
                plan.faults().size(),
                settings.faults().length()));
    log("starting %s, PostgreSQL, two workers and two schedulers".formatted(broker()));
    try (Engine engine = Engine.onServers(settings.servers(), settings.folder())) {
      HistoryStore store = new HistoryStore(engine.servers().dataSource());
      store.prepareEffects();
      engine.startProcesses();
      store.watchEnds();
      try (Listening listening = new Listening(engine.servers().brokerUri());
          Publishing publishing = publishing(engine)) {
        return run(engine, store, listening, publishing);
      }
    }
  }

  private Verdict run(Engine engine, HistoryStore store, Listening listening, Publishing publishing)
      throws IOException, InterruptedException {
    FaultInjector injector = new FaultInjector(engine, plan, this::log);
    listening.start();
    engine.servers().awaitReplicas();
    publishing.start();
    Duration faulty;
    try (Progress _ = new Progress(publishing, listening, this::log)) {
      Pause.THREAD.rest(DECLARED);
      faulty = inject(injector);
      Pause.THREAD.rest(AFTERMATH);
      publishing.close();
    }
    log("copies that were not confirmed: " + publishing.unconfirmed());
    Map<String, Long> left = bringToRest(engine, store);
    log(
        "%d processes ended while they started without a server, and were started again"
            .formatted(engine.endedWhileStarting()));

    History history =
        new HistoryReader(store, engine.runs())
            .read(publishing.publications(), listening.heard(), left, engine.endedAtWork());
    HistoryFile.write(history, settings.folder().resolve("history.txt"));
    Verdict verdict = HistoryChecker.check(history);
    VerdictTable.of(verdict, kinds, injector.injected(), faulty).forEach(say);
    return verdict;
  }

  private Publishing publishing(Engine engine) {
    return new Publishing(
        engine.servers().brokerUri(), settings.seed(), settings.rate(), InstantSource.system());
  }

  private String broker() {
    int nodes = settings.servers().nodes();
    return nodes == 1 ? "RabbitMQ" : "RabbitMQ with %d nodes".formatted(nodes);
  }

  /** Answers how long it took. */
  private static Duration inject(FaultInjector injector) throws InterruptedException {
    long from = System.nanoTime();
    injector.run();
    return Duration.ofNanos(System.nanoTime() - from);
  }

  /** Waits until all is done, stops the processes, and answers what is left in the queues. */
  private Map<String, Long> bringToRest(Engine engine, HistoryStore store)
      throws IOException, InterruptedException {
    try (Queues queues = new Queues(engine.servers().managementUri())) {
      boolean rests = new Quiet(store, queues, this::log).await(settings.patience());
      log(rests ? "everything has ended" : "NOT everything has ended, and the time is over");
      engine.stopProcesses();
      Pause.THREAD.rest(COUNTED);
      return queues.messages();
    }
  }

  private void log(String line) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    say.accept(
        "%02d:%02d.%d  %s"
            .formatted(
                elapsed.toMinutes(), elapsed.toSecondsPart(), elapsed.toMillisPart() / 100, line));
  }
}
