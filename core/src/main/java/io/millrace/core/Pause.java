package io.millrace.core;

import java.time.Duration;

/** How one waits who cannot be told when it is time. */
@FunctionalInterface
public interface Pause {

  /** Keeps the thread waiting. */
  Pause THREAD = Thread::sleep;

  /** Waits for {@code time}. */
  void rest(Duration time) throws InterruptedException;
}
