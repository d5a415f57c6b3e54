package io.millrace.simulation.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * A process: its tasks stop together when it is paused and end together when it crashes. It has a
 * wall clock of its own, which may be wrong.
 */
public final class Node {

  private static final Instant EPOCH = Instant.parse("2030-01-01T00:00:00Z");

  private final Kernel kernel;
  private final String name;
  private final Duration clockError;
  private long pausedUntilNanos;

  /**
   * @param clockError by how much its clock is wrong
   */
  public Node(Kernel kernel, String name, Duration clockError) {
    this.kernel = kernel;
    this.name = name;
    this.clockError = clockError;
  }

  public String name() {
    return name;
  }

  /** Its wall clock. */
  public InstantSource clock() {
    return () -> EPOCH.plusNanos(kernel.nanos()).plus(clockError).truncatedTo(ChronoUnit.MICROS);
  }

  /** Stops it for a time, as SIGSTOP and SIGCONT do. */
  public void pause(Duration time) {
    pausedUntilNanos = kernel.nanos() + time.toNanos();
  }

  long pausedUntilNanos() {
    return pausedUntilNanos;
  }

  /** Lets a paused one go on. */
  public void resume() {
    pausedUntilNanos = 0;
  }
}
