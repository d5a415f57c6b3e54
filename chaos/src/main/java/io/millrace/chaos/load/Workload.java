package io.millrace.chaos.load;

import io.millrace.chaos.work.JobKind;
import io.millrace.chaos.work.Sum;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is published next: mostly small calculations, some of everything else. Not thread-safe. */
final class Workload {

  private static final int OF = 100;
  private static final int DUPLICATES = 6;

  /** Of a hundred messages; the rest are plain. */
  private static final Map<JobKind, Integer> SHARES =
      Map.of(
          JobKind.FLAKY, 18,
          JobKind.LATER, 10,
          JobKind.EFFECT, 15,
          JobKind.SLOW, 2,
          JobKind.HOPELESS, 1,
          JobKind.BROKEN, 1);

  private static final int MOST_TERMS = 2_000;
  private static final int LEAST_SLOW_MILLIS = 2_000;
  private static final int MOST_SLOW_MILLIS = 5_000;
  private static final int MOST_EFFECT_MILLIS = 200;
  private static final int LEAST_LATER_MILLIS = 500;
  private static final int MOST_LATER_MILLIS = 5_000;
  private static final int RECENT = 2_000;

  private final Random random;
  private final InstantSource clock;
  private long number;

  Workload(long seed, InstantSource clock) {
    this.random = new Random(seed);
    this.clock = clock;
  }

  /** A new message, or one of {@code earlier} once more. */
  Message next(List<Message> earlier) {
    int lot = random.nextInt(OF);
    if (lot < DUPLICATES && !earlier.isEmpty()) {
      return earlier.get(earlier.size() - 1 - random.nextInt(Math.min(RECENT, earlier.size())));
    }
    JobKind kind = draw();
    Sum sum = new Sum(random.nextInt(), random.nextInt(MOST_TERMS), millis(kind));
    Instant notBefore =
        kind == JobKind.LATER
            ? clock.instant().plusMillis(between(LEAST_LATER_MILLIS, MOST_LATER_MILLIS))
            : null;
    return new Message(kind.messageId(++number), kind, sum, notBefore);
  }

  private JobKind draw() {
    int lot = random.nextInt(OF);
    for (JobKind kind : JobKind.values()) {
      lot -= SHARES.getOrDefault(kind, 0);
      if (lot < 0) {
        return kind;
      }
    }
    return JobKind.PLAIN;
  }

  private long millis(JobKind kind) {
    return switch (kind) {
      case SLOW -> between(LEAST_SLOW_MILLIS, MOST_SLOW_MILLIS);
      case EFFECT -> random.nextInt(MOST_EFFECT_MILLIS);
      case PLAIN, FLAKY, LATER, HOPELESS, BROKEN -> 0;
    };
  }

  private int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }
}
