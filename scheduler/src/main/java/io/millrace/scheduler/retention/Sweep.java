package io.millrace.scheduler.retention;

import io.millrace.batch.Task.Progress;
import io.millrace.core.store.ResultStore.Dropped;
import io.millrace.scheduler.dispatch.SliceLength;
import io.millrace.scheduler.retention.OldJobs.Ended;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Goes through the jobs that have ended, from the oldest on that it has not dealt with yet, a slice
 * of time with each look. How far it has got is committed together with what it has done, for this
 * run and for later ones; later ones begin where one of the jobs had to be left.
 */
final class Sweep {

  private static final String AT = "at";
  private static final String END = "end";
  private static final String LENGTH = "length";
  private static final String LEFT = "left";

  /** Which jobs are meant, and what to do with them. */
  interface Work {

    boolean isFor(Ended job);

    /**
     * Does it.
     *
     * @param until none of them ended later, unless it was replayed meanwhile
     * @return how many it was done to
     */
    int apply(List<Ended> jobs, Instant until);
  }

  private final OldJobs jobs;
  private final int batch;

  Sweep(OldJobs jobs, int batch) {
    this.jobs = jobs;
    this.batch = batch;
  }

  /**
   * Takes a look.
   *
   * @param name under which it is known how far it has got
   * @param rules what the work follows; it begins anew if they are others than the last time
   * @param newest until when jobs have ended that are meant, when the run looks for the first time
   */
  Progress next(String name, String rules, Instant newest, Work work, ExecutionContext state) {
    Instant end = instant(state, END).orElse(newest);
    state.putLong(END, micros(end));
    Instant after =
        instant(state, AT).orElseGet(() -> jobs.reached(name, rules).orElse(Instant.EPOCH));
    if (!after.isBefore(end)) {
      return Progress.finished(0);
    }
    SliceLength length = length(state, Duration.between(after, end));
    boolean last = !after.plus(length.length()).isBefore(end);
    Instant until = last ? end : after.plus(length.length());
    Dropped found = look(after, until, length, work);
    if (!length.isTooLong(found)) {
      boolean nothingLeft = length.isDone(found) && !state.containsKey(LEFT);
      if (nothingLeft) {
        jobs.reach(name, rules, until);
      } else {
        state.putInt(LEFT, 1);
      }
      state.putLong(AT, micros(until));
    }
    state.putLong(LENGTH, length.after(found).length().toNanos() / 1_000);
    return new Progress(found.dropped(), last && !length.isTooLong(found));
  }

  private Dropped look(Instant after, Instant until, SliceLength length, Work work) {
    List<Ended> seen = jobs.ended(after, until, length.most().seen());
    List<Ended> due = seen.stream().filter(work::isFor).toList();
    List<Ended> now = due.subList(0, Math.min(due.size(), length.most().dropped()));
    return new Dropped(seen.size(), due.size(), now.isEmpty() ? 0 : work.apply(now, until));
  }

  /** The first look is about all that is left: of a usual night that is not much. */
  private SliceLength length(ExecutionContext state, Duration all) {
    return new SliceLength(
        state.containsKey(LENGTH) ? Duration.of(state.getLong(LENGTH), ChronoUnit.MICROS) : all,
        batch);
  }

  private static Optional<Instant> instant(ExecutionContext state, String key) {
    return state.containsKey(key)
        ? Optional.of(Instant.EPOCH.plus(state.getLong(key), ChronoUnit.MICROS))
        : Optional.empty();
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
