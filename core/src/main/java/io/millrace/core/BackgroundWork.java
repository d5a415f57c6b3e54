package io.millrace.core;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Work on a thread of its own, from the start of its process to its stop. */
public abstract class BackgroundWork implements SmartLifecycle {

  private final String name;
  private volatile boolean stopping;
  private @Nullable Thread thread; // guarded by this

  /**
   * @param name of the thread
   */
  protected BackgroundWork(String name) {
    this.name = name;
  }

  /**
   * Works until it {@link #isStopping}, of which it should not be unaware for longer than a moment.
   */
  protected abstract void work() throws InterruptedException;

  /** Wakes the work, since it is stopping; does nothing unless it is overridden. */
  protected void wake() {}

  /** Whether the work is to end. */
  protected final boolean isStopping() {
    return stopping;
  }

  /** Whether the thread is there: it ends by itself only if the work throws. */
  protected final synchronized boolean isWorking() {
    return thread != null && thread.isAlive();
  }

  @Override
  public synchronized void start() {
    stopping = false;
    thread = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  /** Has the work end, and waits for it. */
  @Override
  public void stop() {
    Thread running;
    synchronized (this) {
      stopping = true;
      running = thread;
      thread = null;
    }
    wake();
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public final synchronized boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      work();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
