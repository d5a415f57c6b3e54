package io.millrace.simulation.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time. Wherever a task reaches into the world it gives way, and the seed
 * decides who goes on; where all wait, time passes at once. So a seed always gives the same
 * history, and many seeds give every order of things.
 */
public final class Kernel {

  /** A step takes this long at the most. */
  private static final int LONGEST_STEP_NANOS = 200_000;

  private final SplittableRandom random;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Task> ready = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final @Nullable History history;
  private long nanos;
  private long steps;
  private volatile @Nullable Task current;
  private boolean ending;
  private @Nullable Throwable fault;

  /**
   * @param history takes down what happens; null to save the time
   */
  public Kernel(long seed, @Nullable History history) {
    this.random = new SplittableRandom(seed);
    this.history = history;
  }

  /** Starts a task of {@code node}. */
  public Task spawn(Node node, String name, Task.Body body) {
    Task[] self = new Task[1];
    Task task = new Task(node, name, () -> live(self[0], body));
    self[0] = task;
    tasks.add(task);
    task.thread.start();
    return task;
  }

  /**
   * Runs until {@link #end} and every task has ended.
   *
   * @throws Throwable what a task threw that it should not have
   */
  public void run() throws Throwable {
    pass(null);
    over.await();
    if (fault != null) {
      throw fault;
    }
  }

  /** Ends the simulation since something is not as it must be. */
  public void fail(Throwable why) {
    if (fault == null) {
      fault = why;
      end();
    }
  }

  /** Ends the simulation: every task ends where it is. */
  public void end() {
    ending = true;
    tasks.forEach(task -> task.killed = true);
  }

  /** Ends a task where it is. */
  public void kill(Task task) {
    task.killed = true;
  }

  /** Ends all tasks of a process where they are. */
  public void killAll(Node node) {
    node.resume();
    for (Task task : tasks) {
      if (task.node() == node) {
        task.killed = true;
      }
    }
  }

  /** The monotonic time. */
  public long nanos() {
    return nanos;
  }

  /** How many steps were made. */
  public long steps() {
    return steps;
  }

  /** Chance, of which there is none beside this. */
  public SplittableRandom random() {
    return random;
  }

  /** True once in {@code often} times. */
  public boolean chance(int often) {
    return random.nextInt(often) == 0;
  }

  /** The task at hand. */
  public Task current() {
    Task task = current;
    if (task == null) {
      throw new IllegalStateException("nothing runs");
    }
    return task;
  }

  /** Notes what happens, if anybody wants to know. */
  public void note(Supplier<String> what) {
    if (history != null) {
      history.add(nanos, String.valueOf(current), what.get());
    }
  }

  /** Lets others go first. */
  public void giveWay() {
    Task task = current();
    task.condition = null;
    task.wakeAtNanos = nanos;
    waitForTurn(task);
  }

  /** Waits for a time. */
  public void rest(Duration time) {
    Task task = current();
    task.condition = null;
    task.wakeAtNanos = nanos + time.toNanos();
    waitForTurn(task);
  }

  /** Waits for something to be so. */
  public void await(BooleanSupplier condition) {
    Task task = current();
    task.condition = condition;
    task.wakeAtNanos = Task.NEVER;
    waitForTurn(task);
  }

  /** Waits for something to be so, or for a time to pass. */
  public void await(BooleanSupplier condition, Duration time) {
    Task task = current();
    task.condition = condition;
    task.wakeAtNanos = nanos + time.toNanos();
    waitForTurn(task);
  }

  private void live(Task task, Task.Body body) {
    parkUntilCurrent(task);
    try {
      if (!task.killed) {
        body.run();
      }
    } catch (Crash _) {
      note(() -> "ends");
    } catch (Throwable e) {
      if (!task.killed) {
        fail(e);
      }
    }
    tasks.remove(task);
    pass(null);
  }

  private void waitForTurn(Task task) {
    if (task.killed) {
      throw new Crash();
    }
    pass(task);
    if (task.killed) {
      throw new Crash();
    }
  }

  /** Hands over to whoever goes on next. */
  private void pass(@Nullable Task from) {
    Task next = next();
    current = next;
    if (next == null) {
      over.countDown();
    } else if (next != from) {
      LockSupport.unpark(next.thread);
    }
    if (from != null && next != from) {
      parkUntilCurrent(from);
    }
  }

  private void parkUntilCurrent(Task task) {
    while (current != task) {
      Thread.interrupted(); // with it set, parking would be spinning; here nobody asks for it
      LockSupport.park(this);
    }
  }

  private @Nullable Task next() {
    steps++;
    nanos += random.nextInt(LONGEST_STEP_NANOS);
    while (!tasks.isEmpty()) {
      ready.clear();
      long earliest = Task.NEVER;
      for (Task task : tasks) {
        if (task.canGoOn(nanos)) {
          ready.add(task);
        } else {
          earliest = Math.min(earliest, task.nextNanos());
        }
      }
      if (!ready.isEmpty()) {
        return ready.get(ending ? 0 : random.nextInt(ready.size()));
      }
      if (earliest == Task.NEVER) {
        fail(new IllegalStateException("everybody waits for somebody else: " + tasks));
      } else {
        nanos = Math.max(nanos, earliest);
      }
    }
    return null;
  }
}
