package io.millrace.admin.rate;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A bucket for each client: full at first, and filled evenly. Of clients that have not asked for
 * long the buckets are forgotten, which are full by then unless there are very many clients.
 * Thread-safe.
 */
final class ClientBuckets {

  private static final int MOST_CLIENTS = 10_000;

  private final int tokens;
  private final Duration window;
  private final TimeMeter clock;
  private final SequencedMap<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  /**
   * @param tokens of a full bucket; at least 1
   * @param window in which an empty bucket fills
   */
  ClientBuckets(int tokens, Duration window, TimeMeter clock) {
    this.tokens = tokens;
    this.window = window;
    this.clock = clock;
  }

  Bucket of(String client) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(client, _ -> fresh());
    }
  }

  private Bucket fresh() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, window))
        .withCustomTimePrecision(clock)
        .build();
  }

  int tokens() {
    return tokens;
  }

  Duration window() {
    return window;
  }
}
