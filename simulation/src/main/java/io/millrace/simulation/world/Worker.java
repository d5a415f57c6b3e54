package io.millrace.simulation.world;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.lease.WorkerStore;
import io.millrace.simulation.broker.SimulatedIntake;
import io.millrace.simulation.broker.SimulatedPublisher;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import io.millrace.simulation.kernel.Task;
import io.millrace.worker.claim.ClaimFactory;
import io.millrace.worker.execution.HandlerCall;
import io.millrace.worker.execution.TransactionalWork;
import io.millrace.worker.lease.Heart;
import io.millrace.worker.pipeline.Steps;
import io.millrace.worker.pipeline.StepsFactory;
import io.millrace.worker.settlement.EndWriter;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** A worker process: the engine's own steps, made by simulated threads. */
final class Worker {

  private static final Duration PAUSE_BETWEEN_LIVES = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int THREADS = 2;
  private static final int PREFETCH = 4;

  private final World world;
  private final Kernel kernel;
  private final Node node;
  private final WorkerStore workers;
  private @Nullable SimulatedIntake intake;
  private @Nullable SimulatedRunner runner;
  private boolean stopping;
  private boolean running;

  Worker(World world, String name) {
    this.world = world;
    this.kernel = world.kernel();
    this.node = new Node(kernel, name, world.clockError());
    this.workers = world.stores().workers();
  }

  Node node() {
    return node;
  }

  boolean isRunning() {
    return running;
  }

  void start() {
    stopping = false;
    running = true;
    kernel.spawn(node, "life", this::live);
  }

  /** Ends at once, as by SIGKILL. */
  void crash() {
    kernel.note(() -> node.name() + " crashes");
    running = false;
    kernel.killAll(node);
    world.database().cutOff(node);
    if (intake != null) {
      intake.close();
    }
  }

  /** Finishes what it has, as at SIGTERM. */
  void stop() {
    stopping = true;
  }

  /** Loses the connection that it consumes with. */
  void cutIntake() {
    if (intake != null) {
      intake.cut();
    }
  }

  /** Hears that a job was cancelled. */
  void cancelled(JobId job) {
    if (runner != null) {
      runner.cancel(job);
    }
  }

  private void live() {
    while (!stopping) {
      UUID self = world.newId();
      register(self);
      liveOnce(self);
      kernel.rest(PAUSE_BETWEEN_LIVES);
    }
    running = false;
  }

  private void register(UUID self) {
    while (true) {
      try {
        workers.register(self, node.name(), "simulated", node.clock().instant());
        return;
      } catch (DataAccessException _) {
        kernel.rest(world.lease().heartbeat());
      }
    }
  }

  private void liveOnce(UUID self) {
    WorkerEvents events = new WorkerEvents(List.of(this::note));
    SimulatedIntake consuming =
        new SimulatedIntake(kernel, world.broker(), node, queues(), PREFETCH);
    StepsFactory.Made<SimulatedRunner> made =
        factory(events)
            .steps(
                self,
                consuming,
                new SimulatedPublisher(kernel, world.broker(), node),
                finished -> new SimulatedRunner(kernel, handlerCall(), node.clock(), finished));
    intake = consuming;
    runner = made.run();
    world.lives(self, made.run());
    List<Task> tasks = spawn(made);
    boolean declaredDead =
        !beat(new Heart(workers, self, world.lease(), node.clock(), kernel::nanos, events));
    if (!declaredDead) {
      finish(made, consuming);
    }
    made.run().abandon();
    tasks.forEach(kernel::kill);
    consuming.close();
    if (!declaredDead && made.run().isIdle()) {
      signOff(self);
    }
  }

  /** How long a group took is told by a clock that is not simulated. */
  private void note(WorkerEvent event) {
    if (!(event instanceof WorkerEvent.GroupSettled)) {
      kernel.note(event::toString);
    }
  }

  private List<Task> spawn(StepsFactory.Made<SimulatedRunner> made) {
    Steps steps = made.steps();
    List<Task> tasks = new ArrayList<>();
    tasks.add(kernel.spawn(node, "claim", () -> claim(steps)));
    tasks.add(kernel.spawn(node, "settle", () -> settle(steps)));
    tasks.add(kernel.spawn(node, "announce", () -> announce(steps)));
    for (int i = 0; i < THREADS; i++) {
      kernel.spawn(node, "thread-" + i, made.run()::work);
    }
    return tasks;
  }

  private static void claim(Steps steps) throws InterruptedException {
    while (true) {
      steps.claim().step();
    }
  }

  private void settle(Steps steps) throws InterruptedException {
    while (true) {
      kernel.await(() -> !steps.settle().isDrained(), LOOK);
      steps.lookStep();
      if (!steps.settle().isDrained()) {
        steps.settle().step();
      }
    }
  }

  private void announce(Steps steps) throws InterruptedException {
    while (true) {
      kernel.await(() -> !steps.announce().isDrained());
      steps.announce().step();
    }
  }

  /** Beats until the process is to stop, or was declared dead. */
  private boolean beat(Heart heart) {
    while (true) {
      kernel.await(() -> stopping, heart.interval());
      if (stopping) {
        return true;
      }
      if (!heart.beat(Map.of())) {
        return false;
      }
    }
  }

  private void finish(StepsFactory.Made<SimulatedRunner> made, SimulatedIntake consuming) {
    consuming.pause();
    Steps steps = made.steps();
    kernel.await(
        () ->
            steps.claim().isDrained()
                && steps.active().size() <= steps.held().size()
                && made.run().isIdle()
                && steps.settle().isDrained()
                && steps.announce().isDrained(),
        GRACE);
  }

  private void signOff(UUID self) {
    try {
      workers.signOff(self, node.clock().instant());
    } catch (DataAccessException _) {
      kernel.note(() -> "could not sign off");
    }
  }

  private StepsFactory factory(WorkerEvents events) {
    ClaimFactory claims =
        new ClaimFactory(
            world.handlers(),
            Settings.TENANTS,
            Settings.OUTCOMES,
            world.stores().quarantine(),
            node.clock(),
            events);
    return new StepsFactory(
        world.rules(),
        new StepsFactory.Database(world.stores().jobs(), world.database()),
        claims,
        world.outcomes(),
        new StepsFactory.Time(node.clock(), kernel::rest, kernel.random()::nextDouble),
        events);
  }

  private HandlerCall handlerCall() {
    return new HandlerCall(
        new TransactionalWork(
            Settings.NO_CONNECTIONS,
            world.database(),
            new EndWriter(world.stores().jobs(), world.database()),
            node.clock()),
        _ -> {
          throw new IllegalStateException("nobody calls");
        },
        _ -> false,
        node.clock());
  }

  private static List<String> queues() {
    List<String> queues = new ArrayList<>();
    for (JobType type : Settings.TYPES) {
      for (Lane lane : Lane.values()) {
        queues.add(QueueNames.of(type, lane));
      }
      queues.add(QueueNames.dispatch(type));
    }
    return queues;
  }
}
