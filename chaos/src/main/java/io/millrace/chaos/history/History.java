package io.millrace.chaos.history;

import io.millrace.chaos.load.Announcement;
import io.millrace.chaos.load.Publication;
import io.millrace.chaos.work.RunLog;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run when it is over.
 *
 * @param published what was published, and what of it is a promise
 * @param ran which attempts the handlers began
 * @param recorded the table {@code job}
 * @param failures the table {@code job_attempt}
 * @param quarantined the message ids in the table {@code quarantine}
 * @param announced the outcome events, in the order they came
 * @param changes what became of jobs that had ended already
 * @param effects the table of effects: the job of each row
 * @param left how many messages each queue still has
 * @param selfEnded processes that ended without being asked
 */
public record History(
    List<Publication> published,
    List<RunLog.Run> ran,
    List<RecordedJob> recorded,
    List<RecordedFailure> failures,
    List<String> quarantined,
    List<Announcement> announced,
    List<FinalChange> changes,
    List<UUID> effects,
    Map<String, Long> left,
    List<String> selfEnded) {

  public History {
    published = List.copyOf(published);
    ran = List.copyOf(ran);
    recorded = List.copyOf(recorded);
    failures = List.copyOf(failures);
    quarantined = List.copyOf(quarantined);
    announced = List.copyOf(announced);
    changes = List.copyOf(changes);
    effects = List.copyOf(effects);
    left = Map.copyOf(left);
    selfEnded = List.copyOf(selfEnded);
  }

  /** A row of {@code job}. */
  public record RecordedJob(
      JobId id,
      String messageId,
      JobState state,
      int attempt,
      @Nullable String result,
      @Nullable String failureClass) {}

  /** A row of {@code job_attempt}. */
  public record RecordedFailure(JobId job, int attempt, String failureClass) {}

  /** A job that had ended, and was written to in a way that changes its end. */
  public record FinalChange(JobId job, String was, String became) {}
}
