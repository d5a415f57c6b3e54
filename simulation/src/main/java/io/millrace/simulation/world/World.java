package io.millrace.simulation.world;

import io.millrace.client.contract.JobId;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.simulation.broker.Broker;
import io.millrace.simulation.database.Database;
import io.millrace.simulation.database.InMemoryDueStore;
import io.millrace.simulation.database.InMemoryJobStore;
import io.millrace.simulation.database.InMemoryQuarantineStore;
import io.millrace.simulation.database.InMemoryResultStore;
import io.millrace.simulation.database.InMemoryWorkerStore;
import io.millrace.simulation.fault.PlantedFault;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import io.millrace.worker.handlers.FailureClassifier;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.pipeline.StepsFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Everything and everybody of one simulation. */
public final class World {

  private static final int WORKERS = 2;
  private static final int DISPATCHERS = 2;

  /** How long everything may take after the last fault. */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Kernel kernel;
  private final Database database;
  private final Broker broker;
  private final Stores stores;
  private final HandlerRegistry handlers;
  private final StepsFactory.Rules rules;
  private final OutcomeMessages outcomes = new OutcomeMessages(Settings.OUTCOMES);
  private final List<Worker> workers = new ArrayList<>();
  private final List<Dispatcher> dispatchers = new ArrayList<>();
  private final Map<UUID, SimulatedRunner> lives = new HashMap<>();
  private final Map<UUID, Set<JobId>> deaths = new HashMap<>();
  private final Upstream upstream;
  private final Operator operator;
  private final Nemesis nemesis;
  private final Referee referee;

  /**
   * @param faults what is wrong with this world on purpose
   */
  public World(Kernel kernel, Set<PlantedFault> faults) {
    this.kernel = kernel;
    List<Plan> plans = new Plans(kernel.random()).draw();
    this.rules = Settings.rules(kernel.random().nextInt(3) == 0);
    this.referee = new Referee(this, plans);
    this.database = new Database(kernel, faults, referee);
    this.broker = new Broker(kernel, faults, referee::acknowledged);
    this.stores =
        new Stores(
            new InMemoryJobStore(database),
            new InMemoryDueStore(database),
            new InMemoryResultStore(database),
            new InMemoryWorkerStore(database, this::dies),
            new InMemoryQuarantineStore(database));
    this.handlers =
        new HandlerRegistry(
            new Handlers(kernel, database, this::killCurrent).all(),
            new FailureClassifier(Set.of()));
    for (int i = 1; i <= WORKERS; i++) {
      workers.add(new Worker(this, "worker-" + i));
    }
    for (int i = 1; i <= DISPATCHERS; i++) {
      dispatchers.add(new Dispatcher(this, "dispatcher-" + i));
    }
    database.listen(job -> workers.forEach(worker -> worker.cancelled(job)));
    this.upstream = new Upstream(this, plans);
    this.operator = new Operator(this, plans);
    this.nemesis = new Nemesis(this, workers, dispatchers);
  }

  /** Lets everybody begin; it ends when all is done, or cannot be. */
  public void begin() {
    upstream.start();
    operator.start();
    nemesis.start();
    workers.forEach(Worker::start);
    dispatchers.forEach(Dispatcher::start);
    kernel.spawn(new Node(kernel, "referee", Duration.ZERO), "end", this::end);
  }

  private void end() {
    kernel.await(() -> upstream.isDone() && operator.isDone() && nemesis.isDone());
    long deadline = kernel.nanos() + PATIENCE.toNanos();
    while (true) {
      List<String> unfinished = referee.unfinished(upstream.confirmed());
      if (unfinished.isEmpty()) {
        break;
      }
      if (kernel.nanos() > deadline) {
        throw new Violation("stuck: " + unfinished);
      }
      kernel.rest(Duration.ofSeconds(1));
    }
    referee.judge();
    kernel.end();
  }

  private void killCurrent() {
    Node node = kernel.current().node();
    workers.stream().filter(worker -> worker.node() == node).forEach(Worker::crash);
  }

  /** An incarnation begins. */
  void lives(UUID incarnation, SimulatedRunner runner) {
    lives.put(incarnation, runner);
  }

  private void dies(UUID incarnation) {
    SimulatedRunner runner = lives.get(incarnation);
    deaths.put(incarnation, runner == null ? Set.of() : runner.atWork());
  }

  /** What an incarnation was running when it was declared dead. */
  Set<JobId> atWork(UUID incarnation) {
    return deaths.getOrDefault(incarnation, Set.of());
  }

  void mayBeCancelled(JobId id) {
    referee.mayBeCancelled(id);
  }

  UUID newId() {
    return new UUID(kernel.random().nextLong(), kernel.random().nextLong());
  }

  /** By how much the clock of a process is wrong. */
  Duration clockError() {
    return Duration.ofMillis(kernel.random().nextInt(4_000) - 2_000L);
  }

  Kernel kernel() {
    return kernel;
  }

  Database database() {
    return database;
  }

  Broker broker() {
    return broker;
  }

  Stores stores() {
    return stores;
  }

  HandlerRegistry handlers() {
    return handlers;
  }

  StepsFactory.Rules rules() {
    return rules;
  }

  OutcomeMessages outcomes() {
    return outcomes;
  }

  LeaseProperties lease() {
    return Settings.LEASE;
  }

  Node operator() {
    return operator.node();
  }
}
