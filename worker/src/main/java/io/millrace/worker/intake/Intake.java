package io.millrace.worker.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Where deliveries come from and are acknowledged to. Safe for use by many threads. */
public interface Intake {

  /**
   * Takes what has arrived.
   *
   * @param most how many deliveries at most
   * @param patience how long to wait for the first
   * @return in the order of their arrival; empty if there was none
   */
  List<Delivery> take(int most, Duration patience) throws InterruptedException;

  /** Whether something has arrived that was not taken. */
  boolean isEmpty();

  /** Acknowledges deliveries, of whichever queues. */
  void acknowledge(Collection<Delivery> deliveries);

  /** Takes no further messages until {@link #resume}; the connection stays. */
  void pause();

  /** Goes on after {@link #pause}. */
  void resume();
}
