package io.millrace.simulation.world;

import io.millrace.core.store.JobCancellation;
import io.millrace.core.store.JobReplay;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import java.time.Duration;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Cancels and replays jobs at any time, and sometimes clicks twice. */
final class Operator {

  private final World world;
  private final Kernel kernel;
  private final Node node;
  private final List<Plan> plans;
  private boolean done;

  Operator(World world, List<Plan> plans) {
    this.world = world;
    this.kernel = world.kernel();
    this.node = new Node(kernel, "operator", Duration.ZERO);
    this.plans = plans;
  }

  Node node() {
    return node;
  }

  void start() {
    kernel.spawn(node, "operator", this::work);
  }

  boolean isDone() {
    return done;
  }

  private void work() {
    JobCancellation cancellation =
        new JobCancellation(world.stores().jobs(), world.database(), node.clock());
    JobReplay replay = new JobReplay(world.stores().jobs(), world.database(), node.clock());
    int actions = kernel.chance(2) ? kernel.random().nextInt(4) : 0;
    for (int i = 0; i < actions; i++) {
      kernel.rest(Duration.ofMillis(kernel.random().nextInt(15_000)));
      Plan plan = plans.get(kernel.random().nextInt(plans.size()));
      boolean cancels = kernel.chance(2);
      int clicks = kernel.chance(4) ? 2 : 1;
      for (int click = 0; click < clicks; click++) {
        if (cancels) {
          world.mayBeCancelled(plan.id());
          act(() -> cancellation.cancel(plan.id()));
        } else if (plan.uniqueKey() == null) {
          act(() -> replay.replay(plan.id()));
        }
      }
    }
    done = true;
  }

  private void act(Runnable click) {
    try {
      click.run();
    } catch (DataAccessException | TransactionException e) {
      kernel.note(() -> "the database does not answer: " + e.getMessage());
    }
  }
}
