package io.millrace.simulation.world;

import io.millrace.scheduler.dispatch.DispatchEvent;
import io.millrace.scheduler.dispatch.DispatchPasses;
import io.millrace.simulation.broker.SimulatedPublisher;
import io.millrace.simulation.database.NoEndpoints;
import io.millrace.simulation.database.NothingParked;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A process with a dispatcher: the engine's own looks, taken by a simulated thread. */
final class Dispatcher {

  private static final NothingParked NOTHING_PARKED = new NothingParked();
  private static final NoEndpoints NO_ENDPOINTS = new NoEndpoints();

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  private final World world;
  private final Kernel kernel;
  private final Node node;
  private boolean running;

  Dispatcher(World world, String name) {
    this.world = world;
    this.kernel = world.kernel();
    this.node = new Node(kernel, name, world.clockError());
  }

  Node node() {
    return node;
  }

  boolean isRunning() {
    return running;
  }

  void start() {
    running = true;
    kernel.spawn(node, "dispatcher", this::dispatch);
  }

  void crash() {
    kernel.note(() -> node.name() + " crashes");
    running = false;
    kernel.killAll(node);
    world.database().cutOff(node);
  }

  private void dispatch() throws InterruptedException {
    List<DispatchPasses.Timed> passes =
        new DispatchPasses(
                Settings.DISPATCH,
                new DispatchPasses.Database(
                    world.stores().due(),
                    new DispatchPasses.Parked(NOTHING_PARKED, NOTHING_PARKED, NOTHING_PARKED),
                    world.stores().jobs(),
                    world.stores().workers(),
                    new DispatchPasses.Beside(world.stores().results(), NO_ENDPOINTS),
                    world.database()),
                world.outcomes(),
                node.clock(),
                kernel::nanos,
                this::note)
            .passes(new SimulatedPublisher(kernel, world.broker(), node));
    long[] next = new long[passes.size()];
    while (true) {
      long earliest = Long.MAX_VALUE;
      for (int i = 0; i < next.length; i++) {
        if (next[i] <= kernel.nanos()) {
          next[i] = kernel.nanos() + take(passes.get(i)).toNanos();
        }
        earliest = Math.min(earliest, next[i]);
      }
      kernel.rest(Duration.ofNanos(Math.max(0, earliest - kernel.nanos())));
    }
  }

  private void note(DispatchEvent event) {
    if (!(event instanceof DispatchEvent.LagMeasured)) {
      kernel.note(event::toString);
    }
  }

  /** Answers when to look again. */
  private Duration take(DispatchPasses.Timed timed) throws InterruptedException {
    try {
      return timed.pass().run() > 0 ? Duration.ZERO : timed.pass().rest(timed.interval());
    } catch (IOException | DataAccessException | TransactionException e) {
      kernel.note(() -> timed.pass().name() + " fails: " + e.getMessage());
      return AFTER_A_FAILURE;
    }
  }
}
