package io.millrace.scheduler.statement;

import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What became of a tenant's jobs of one type that ended on a day.
 *
 * @param attempts that succeeded, that failed, and that their worker did not survive
 * @param runMicros how long the last attempts ran, of all that succeeded or failed: what the jobs
 *     cost, in microseconds of run time
 * @param run how long the last attempt ran, of those that succeeded or failed; null if none did
 * @param total how long it took from the acceptance to the end, of the same; null if none did
 */
record StatementLine(
    String tenant,
    String type,
    Ends ends,
    long attempts,
    long runMicros,
    @Nullable Percentiles run,
    @Nullable Percentiles total) {

  /** How many jobs ended how. */
  record Ends(long succeeded, long failed, long cancelled, long expired) {

    long all() {
      return succeeded + failed + cancelled + expired;
    }
  }

  /** What 50, 95, 99 and all of a hundred took at most, in microseconds. */
  record Percentiles(long p50, long p95, long p99, long longest) {

    static @Nullable Percentiles of(Durations durations) {
      return durations.isEmpty()
          ? null
          : new Percentiles(
              durations.percentile(50),
              durations.percentile(95),
              durations.percentile(99),
              durations.longest());
    }
  }

  /** What was counted of a stretch of the day. */
  record Part(
      String tenant,
      String type,
      Ends ends,
      long attempts,
      long runMicros,
      Durations run,
      Durations total) {}

  /**
   * The line of parts that are of one tenant and type.
   *
   * @param parts at least one
   */
  static StatementLine of(List<Part> parts) {
    Part any = parts.getFirst();
    return new StatementLine(
        any.tenant(),
        any.type(),
        new Ends(
            sum(parts, part -> part.ends().succeeded()),
            sum(parts, part -> part.ends().failed()),
            sum(parts, part -> part.ends().cancelled()),
            sum(parts, part -> part.ends().expired())),
        sum(parts, Part::attempts),
        sum(parts, Part::runMicros),
        Percentiles.of(Durations.sum(parts.stream().map(Part::run).toList())),
        Percentiles.of(Durations.sum(parts.stream().map(Part::total).toList())));
  }

  private static long sum(Collection<Part> parts, ToLongFunction<Part> number) {
    return parts.stream().mapToLong(number).sum();
  }
}
