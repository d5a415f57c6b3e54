package io.millrace.scheduler.statement;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many things took how long, told by buckets that grow by 2 %, so that it can be added up in
 * any order and a percentile is within 1 % of the true one. These are the buckets of DDSketch
 * (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees", VLDB 2019): bucket {@code i} holds what is longer than {@code GROWTH^(i-1)} and not
 * longer than {@code GROWTH^i} microseconds, and {@code 2 GROWTH^i / (GROWTH + 1)} stands for all
 * of it.
 *
 * @param counts how many, by bucket; each at least 1
 * @param longest exactly, in microseconds; 0 if there is nothing
 */
record Durations(NavigableMap<Integer, Long> counts, long longest) {

  /** By how much a bucket is longer than the one before. */
  static final double GROWTH = 1.02;

  Durations {
    counts = new TreeMap<>(counts);
  }

  /** From columns of a row. */
  static Durations of(Integer[] buckets, Long[] counts, long longest) {
    TreeMap<Integer, Long> sorted = new TreeMap<>();
    for (int i = 0; i < buckets.length; i++) {
      sorted.put(buckets[i], counts[i]);
    }
    return new Durations(sorted, longest);
  }

  /** All of them together. */
  static Durations sum(Collection<Durations> parts) {
    TreeMap<Integer, Long> sums = new TreeMap<>();
    parts.forEach(part -> part.counts.forEach((bucket, n) -> sums.merge(bucket, n, Long::sum)));
    return new Durations(sums, parts.stream().mapToLong(Durations::longest).max().orElse(0));
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /**
   * What so many of a hundred took at most, by the nearest rank; in microseconds.
   *
   * @param percent 1 to 100
   * @throws IllegalStateException if there is nothing
   */
  long percentile(int percent) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    long rank = Math.ceilDiv(all * percent, 100);
    long seen = 0;
    for (Map.Entry<Integer, Long> each : counts.entrySet()) {
      seen += each.getValue();
      if (seen >= rank) {
        return Math.min(longest, middle(each.getKey()));
      }
    }
    throw new IllegalStateException("nothing has no percentile");
  }

  private static long middle(int bucket) {
    return Math.round(2 * Math.pow(GROWTH, bucket) / (GROWTH + 1));
  }
}
