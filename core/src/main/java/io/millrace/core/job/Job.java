package io.millrace.core.job;

import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is recorded.
 *
 * @param id derived from tenant and message id
 * @param order what was asked for; never changes
 * @param standing where it is
 * @param times when things happened
 * @param ending what came of it
 */
public record Job(JobId id, Order order, Standing standing, Times times, Ending ending) {

  /**
   * What was asked for.
   *
   * @param payload JSON in UTF-8; not copied
   * @param fingerprint of type and payload, see {@link Fingerprint}
   */
  public record Order(
      String tenant,
      JobType type,
      String messageId,
      JobOptions options,
      byte[] payload,
      UUID fingerprint) {}

  /** When it was accepted, when its last attempt began, when it ended; in microseconds. */
  public record Times(
      Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {}

  /**
   * What came of it.
   *
   * @param result JSON in UTF-8, exactly for {@link JobState#SUCCEEDED}; not copied
   * @param failure exactly for {@link JobState#FAILED}; without its cause, which is with the
   *     attempt
   * @param duplicateOf the job with the same unique key that came first
   */
  public record Ending(
      byte @Nullable [] result, @Nullable Failure failure, @Nullable JobId duplicateOf) {

    /** Of a job that has not ended, or ended without a word. */
    public static final Ending NONE = new Ending(null, null, null);

    /** Of an attempt that ended so. */
    public static Ending of(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Succeeded(byte[] result) -> new Ending(result, null, null);
        case Outcome.Failed(Failure why) -> new Ending(null, why, null);
      };
    }
  }
}
