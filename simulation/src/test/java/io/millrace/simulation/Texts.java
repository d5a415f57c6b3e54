package io.millrace.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.core.job.Job;
import io.millrace.core.store.JobHead;
import io.millrace.core.store.LockedJob;
import io.millrace.core.store.OrphanedJob;

/** What a store answers, in words that can be compared. */
final class Texts {

  private Texts() {}

  static String of(LockedJob locked) {
    return "%s %s %s".formatted(of(locked.job()), locked.ownerEnd(), locked.alone());
  }

  static String of(OrphanedJob orphan) {
    return "%s %s %s".formatted(of(orphan.head()), orphan.ownerEnd(), orphan.alone());
  }

  static String of(JobHead head) {
    return head.toString();
  }

  /** All of it, but for when it was queued, which the database's own clock says. */
  static String of(Job job) {
    byte[] result = job.ending().result();
    return "%s %s %s %s %s %s %s %s %s %s"
        .formatted(
            job.id(),
            job.standing(),
            job.times().createdAt(),
            job.times().queuedAt() != null,
            job.times().startedAt(),
            job.times().finishedAt(),
            job.setbacks(),
            result == null ? null : new String(result, UTF_8),
            job.ending().resultDroppedAt(),
            job.ending().failure());
  }
}
