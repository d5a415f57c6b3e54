package io.millrace.scheduler.dispatch;

import io.millrace.core.store.ResultStore.Dropped;
import io.millrace.core.store.ResultStore.Most;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How much time one look for what ended long ago is about, such as old results. It follows from how
 * many were found in the looks before, so that a look never reads more than a batch, and time in
 * which nothing ended costs next to nothing.
 *
 * @param length in microseconds, which are all that the database tells apart
 * @param batch how many to look at
 */
public record SliceLength(Duration length, int batch) {

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration SHORTEST = Duration.of(1, ChronoUnit.MICROS);

  static SliceLength first(int batch) {
    return new SliceLength(FIRST, batch);
  }

  /**
   * How much of a slice a look may read. What ended within the same microsecond cannot be cut: all
   * of it is looked at.
   */
  public Most most() {
    return new Most(length.equals(SHORTEST) ? Integer.MAX_VALUE : batch, batch);
  }

  /** Whether there may be more in the slice than the look has read. */
  public boolean isTooLong(Dropped found) {
    return found.seen() >= most().seen() || found.dropped() >= most().dropped();
  }

  /** Whether nothing is left in the slice. */
  public boolean isDone(Dropped found) {
    return !isTooLong(found) && found.dropped() == found.due();
  }

  /** For the look after one that has found so much. */
  public SliceLength after(Dropped found) {
    if (isTooLong(found)) {
      return of(
          Duration.of(length.dividedBy(ChronoUnit.MICROS.getDuration()) / 2, ChronoUnit.MICROS));
    }
    return found.seen() < batch / 2 ? of(length.multipliedBy(2)) : this;
  }

  private SliceLength of(Duration other) {
    if (other.compareTo(SHORTEST) < 0) {
      return new SliceLength(SHORTEST, batch);
    }
    return new SliceLength(other.compareTo(LONGEST) > 0 ? LONGEST : other, batch);
  }
}
