package io.millrace.admin.jobs;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.millrace.admin.redaction.Sight;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.JobProgress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it; what does not apply is left out.
 *
 * @param redacted true if there is more of it than the caller may read: payload, result, causes or
 *     calls are missing, or stars stand in them
 */
record JobView(
    UUID id,
    String tenant,
    String type,
    String messageId,
    Lane lane,
    JobState state,
    @Nullable WaitReason waitReason,
    @Nullable Instant dueAt,
    int attempt,
    int failures,
    int crashes,
    @Nullable UUID worker,
    @Nullable Instant deadline,
    @Nullable UUID duplicateOf,
    Instant createdAt,
    @Nullable Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable ProgressView progress,
    @Nullable FailureView failure,
    List<AttemptView> failedAttempts,
    @JsonRawValue @Nullable String payload,
    @JsonRawValue @Nullable String result,
    @Nullable Boolean redacted,
    @Nullable Instant resultDroppedAt,
    @Nullable Instant erasedAt) {

  /** How far the handler is. */
  record ProgressView(double done, String note) {

    static ProgressView of(JobProgress progress) {
      return new ProgressView(progress.done(), progress.note());
    }
  }

  /**
   * An attempt that failed.
   *
   * @param call what it sent last to somebody else's system and what came back, as JSON
   */
  record AttemptView(
      int attempt,
      UUID worker,
      Instant startedAt,
      Instant failedAt,
      FailureView failure,
      @Nullable String cause,
      @JsonRawValue @Nullable String call) {

    static AttemptView of(AttemptFailure attempt, Sight sight) {
      return new AttemptView(
          attempt.attempt(),
          attempt.worker(),
          attempt.startedAt(),
          attempt.failedAt(),
          FailureView.of(attempt.failure()),
          sight.words(attempt.failure().cause()),
          sight.words(attempt.call()));
    }
  }

  static JobView of(
      Job job, @Nullable JobProgress progress, List<AttemptFailure> failedAttempts, Sight sight) {
    Job.Order order = job.order();
    Job.Ending ending = job.ending();
    return new JobView(
        job.id().value(),
        order.tenant(),
        order.type().name(),
        order.messageId(),
        order.options().lane(),
        job.standing().state(),
        job.standing().waitReason(),
        job.standing().dueAt(),
        job.standing().attempt(),
        job.setbacks().failures(),
        job.setbacks().crashes(),
        job.standing().owner(),
        order.options().deadline(),
        ending.duplicateOf() == null ? null : ending.duplicateOf().value(),
        job.times().createdAt(),
        job.times().queuedAt(),
        job.times().startedAt(),
        job.times().finishedAt(),
        progress == null ? null : ProgressView.of(progress),
        ending.failure() == null ? null : FailureView.of(ending.failure()),
        failedAttempts.stream().map(attempt -> AttemptView.of(attempt, sight)).toList(),
        sight.json(ending.erasedAt() == null ? order.payload() : null),
        sight.json(ending.result()),
        sight.isWhole() ? null : true,
        ending.resultDroppedAt(),
        ending.erasedAt());
  }
}
