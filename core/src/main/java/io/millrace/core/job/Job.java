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
 * @param setbacks what has gone wrong so far
 * @param ending what came of it
 */
public record Job(
    JobId id, Order order, Standing standing, Times times, Setbacks setbacks, Ending ending) {

  /**
   * What was asked for.
   *
   * @param payload JSON in UTF-8; not copied; empty if it was erased
   * @param fingerprint of type and payload, see {@link Fingerprint}
   */
  public record Order(
      String tenant,
      JobType type,
      String messageId,
      JobOptions options,
      byte[] payload,
      UUID fingerprint) {}

  /**
   * When things happened, in microseconds.
   *
   * @param createdAt when it was accepted
   * @param queuedAt when its message was published last; exactly while {@link JobState#QUEUED}
   * @param startedAt when its last attempt began
   * @param finishedAt when it ended
   */
  public record Times(
      Instant createdAt,
      @Nullable Instant queuedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {

    /** Of a job that is not queued. */
    public Times(Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {
      this(createdAt, null, startedAt, finishedAt);
    }
  }

  /**
   * What came of it.
   *
   * @param result JSON in UTF-8, only for {@link JobState#SUCCEEDED}; not copied
   * @param resultDroppedAt when the result was dropped, exactly for a success that has none any
   *     more
   * @param failure exactly for {@link JobState#FAILED}; without its cause, which is with the
   *     attempt
   * @param duplicateOf the job with the same unique key that came first
   * @param erasedAt when what the job was about was erased; null if it is all there
   */
  public record Ending(
      byte @Nullable [] result,
      @Nullable Instant resultDroppedAt,
      @Nullable Failure failure,
      @Nullable JobId duplicateOf,
      @Nullable Instant erasedAt) {

    /** Of a job that has not ended, or ended without a word. */
    public static final Ending NONE = new Ending(null, null, null, null, null);

    /** Of one that succeeded with {@code result}. */
    public static Ending succeeded(byte[] result) {
      return new Ending(result, null, null, null, null);
    }

    /** Of one that failed. */
    public static Ending failed(Failure why) {
      return new Ending(null, null, why, null, null);
    }

    /** Of one that another with its unique key came before. */
    public static Ending duplicateOf(JobId first) {
      return new Ending(null, null, null, first, null);
    }
  }
}
