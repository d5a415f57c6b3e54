package io.millrace.admin.queues;

import io.millrace.admin.access.Reads;
import io.millrace.admin.access.WholeSystem;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the queues. */
@RestController
@RequestMapping("/v1/queues")
final class QueueController {

  /** A look asks the broker about every queue: whoever asks meanwhile is answered the same. */
  private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(1);

  private final QueueOverview overview;

  // Guarded by this.
  private @Nullable QueuesView last;
  private long lookedNanos;

  QueueController(QueueOverview overview) {
    this.overview = overview;
  }

  /** What has not ended, as of the last second. */
  @Reads
  @WholeSystem
  @GetMapping
  synchronized QueuesView all() {
    QueuesView known = last;
    if (known == null || System.nanoTime() - lookedNanos > GOOD_FOR) {
      known = overview.look();
      last = known;
      lookedNanos = System.nanoTime();
    }
    return known;
  }

  /** Whoever has changed something wants to see it. */
  synchronized void forget() {
    last = null;
  }
}
