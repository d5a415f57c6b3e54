package io.millrace.simulation.kernel;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread of a process. It runs only while the kernel lets it. */
public final class Task {

  /** What a task does. */
  @FunctionalInterface
  public interface Body {
    void run() throws Exception;
  }

  static final long NEVER = Long.MAX_VALUE;

  private final Node node;
  private final String name;
  final Thread thread;

  // What it waits for; both absent while it can go on.
  @Nullable BooleanSupplier condition;
  long wakeAtNanos;
  boolean killed;

  Task(Node node, String name, Runnable body) {
    this.node = node;
    this.name = name;
    this.thread = Thread.ofVirtual().unstarted(body);
  }

  /** The process that it belongs to. */
  public Node node() {
    return node;
  }

  boolean canGoOn(long nowNanos) {
    if (killed) {
      return true;
    }
    if (node.pausedUntilNanos() > nowNanos) {
      return false;
    }
    return wakeAtNanos <= nowNanos || condition != null && condition.getAsBoolean();
  }

  /** When it can go on at the latest, if nothing else happens. */
  long nextNanos() {
    return Math.max(wakeAtNanos, node.pausedUntilNanos());
  }

  @Override
  public String toString() {
    return node.name() + "/" + name;
  }
}
