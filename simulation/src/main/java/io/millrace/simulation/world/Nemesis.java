package io.millrace.simulation.world;

import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import java.time.Duration;
import java.util.List;

/** Breaks everything that can break, some of it at a time, and mends it in the end. */
final class Nemesis {

  private static final int MOST_FAULTS = 10;

  private final World world;
  private final Kernel kernel;
  private final Node node;
  private final List<Worker> workers;
  private final List<Dispatcher> dispatchers;
  private boolean done;

  Nemesis(World world, List<Worker> workers, List<Dispatcher> dispatchers) {
    this.world = world;
    this.kernel = world.kernel();
    this.node = new Node(kernel, "nemesis", Duration.ZERO);
    this.workers = workers;
    this.dispatchers = dispatchers;
  }

  void start() {
    kernel.spawn(node, "nemesis", this::work);
    kernel.spawn(node, "supervisor", this::restart);
  }

  boolean isDone() {
    return done;
  }

  private void work() {
    int faults = kernel.random().nextInt(MOST_FAULTS + 1);
    for (int i = 0; i < faults; i++) {
      kernel.rest(millis(kernel.chance(3) ? 20 : 5_000));
      breakSomething();
    }
    done = true;
  }

  private void breakSomething() {
    switch (kernel.random().nextInt(14)) {
      case 0, 1, 2 -> anyWorker().crash();
      case 3, 4 -> pause(anyWorker().node());
      case 5 -> anyWorker().cutIntake();
      case 6 -> anyWorker().stop();
      case 7 -> anyDispatcher().crash();
      case 8 -> pause(anyDispatcher().node());
      case 9 -> world.broker().disturbAPublication();
      case 10 -> world.database().loseAnAnswer();
      case 11 -> {
        kernel.note(() -> "the sessions of one process are cut off");
        world.database().cutOff(anyWorker().node());
      }
      case 12 -> outageOfTheDatabase();
      case 13 -> {
        if (kernel.chance(2)) {
          outageOfTheBroker();
        } else {
          kernel.note(() -> "the broker forgets what the dispatcher said");
          world.broker().forgetDispatch();
        }
      }
      default -> throw new IllegalStateException("no such fault");
    }
  }

  /**
   * As long as nothing, or longer than it takes to be declared dead, or so long as to be cut off.
   */
  private void pause(Node paused) {
    Duration time = millis(kernel.chance(2) ? 1_000 : 60_000);
    kernel.note(() -> paused.name() + " is paused for " + time);
    paused.pause(time);
    if (time.toSeconds() > 30) {
      kernel.spawn(
          node,
          "timeouts",
          () -> {
            kernel.rest(Duration.ofSeconds(30));
            world.database().cutOff(paused);
            workers.stream().filter(each -> each.node() == paused).forEach(Worker::cutIntake);
          });
    }
  }

  private void outageOfTheDatabase() {
    kernel.note(() -> "the database goes away");
    world.database().goAway();
    kernel.rest(millis(kernel.chance(3) ? 40_000 : 3_000));
    world.database().comeBack();
    kernel.note(() -> "the database is back");
  }

  private void outageOfTheBroker() {
    kernel.note(() -> "the broker goes away");
    world.broker().goAway();
    kernel.rest(millis(kernel.chance(3) ? 40_000 : 3_000));
    world.broker().comeBack();
    kernel.note(() -> "the broker is back");
  }

  /** What runs processes in production starts those again that have ended. */
  private void restart() {
    while (true) {
      kernel.rest(millis(3_000));
      workers.stream().filter(worker -> !worker.isRunning()).forEach(Worker::start);
      dispatchers.stream().filter(dispatcher -> !dispatcher.isRunning()).forEach(Dispatcher::start);
    }
  }

  private Worker anyWorker() {
    return workers.get(kernel.random().nextInt(workers.size()));
  }

  private Dispatcher anyDispatcher() {
    return dispatchers.get(kernel.random().nextInt(dispatchers.size()));
  }

  private Duration millis(int most) {
    return Duration.ofMillis(kernel.random().nextInt(most));
  }
}
