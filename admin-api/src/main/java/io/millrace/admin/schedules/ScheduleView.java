package io.millrace.admin.schedules;

import io.millrace.core.schedule.Firing;
import io.millrace.core.schedule.FiringState;
import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.ScheduleStatus;
import io.millrace.core.schedule.ScheduledWork;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the API shows it; what does not apply is left out.
 *
 * @param batch the batch job that it runs
 * @param parameters of that
 * @param tenant of the job that it enqueues
 * @param type of that
 * @param doneUntil every time up to this one has been seen to
 * @param nextAt the first time after that
 * @param late whether that is past: nobody has seen to it yet, or it waits for the end of a run
 * @param last what became of its latest time or trigger
 */
record ScheduleView(
    String id,
    String cron,
    String zone,
    Missed missed,
    Overlap overlap,
    @Nullable String batch,
    @Nullable Map<String, String> parameters,
    @Nullable String tenant,
    @Nullable String type,
    Instant doneUntil,
    Instant nextAt,
    boolean late,
    @Nullable FiringView last) {

  /**
   * What became of a time, or of a trigger by hand.
   *
   * @param nominalAt when it was due, or was triggered
   * @param requestedBy who has triggered it
   * @param run of the batch job
   * @param job that was enqueued
   * @param message what there is to say
   */
  record FiringView(
      UUID id,
      Instant nominalAt,
      @Nullable String requestedBy,
      FiringState state,
      @Nullable UUID run,
      @Nullable UUID job,
      @Nullable String message,
      @Nullable Instant decidedAt) {

    static FiringView of(Firing firing) {
      return new FiringView(
          firing.id(),
          firing.nominalAt(),
          firing.requestedBy(),
          firing.state(),
          firing.outcome().runId(),
          firing.outcome().jobId(),
          firing.outcome().message(),
          firing.decidedAt());
    }
  }

  static ScheduleView of(ScheduleStatus status, Instant now) {
    ScheduledWork work = status.schedule().work();
    ScheduledWork.Batch batch = work instanceof ScheduledWork.Batch given ? given : null;
    ScheduledWork.Message message = work instanceof ScheduledWork.Message given ? given : null;
    return new ScheduleView(
        status.schedule().id(),
        status.schedule().cron(),
        status.schedule().zone().getId(),
        status.schedule().policy().missed(),
        status.schedule().policy().overlap(),
        batch == null ? null : batch.job(),
        batch == null ? null : new TreeMap<>(batch.parameters()),
        message == null ? null : message.tenant(),
        message == null ? null : message.type().name(),
        status.doneUntil(),
        status.nextAt(),
        status.nextAt().isBefore(now),
        status.last() == null ? null : FiringView.of(status.last()));
  }
}
