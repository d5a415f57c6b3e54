package io.millrace.worker.claim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.LockedJob;
import io.millrace.worker.TestHandlers;
import io.millrace.worker.handlers.FailureClassifier;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DispatchVerdictTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID SELF = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);
  private static final JobType TYPE = new JobType("test.multiply");
  private static final RegisteredHandler HANDLER =
      new HandlerRegistry(List.of(new TestHandlers.Multiply()), new FailureClassifier(Set.of()))
          .find(TYPE)
          .orElseThrow();

  @Test
  void announcesAgainWhatHasEndedOnTheAttemptThatTheWordIsAbout() {
    for (JobState state : JobState.values()) {
      if (state.isFinal()) {
        Job ended = job(new Standing(state, null, null, 3, null));

        assertThat(judge(ended, 3)).isEqualTo(new DispatchVerdict.Announce(ended));
      }
    }
  }

  @Test
  void leavesTheEndOfWhatRunsElsewhereToTheDispatcher() {
    assertThat(judge(job(running(OTHER, 3)), 3)).isEqualTo(new DispatchVerdict.Leave());
  }

  @Test
  void forgetsAWordOfAnEarlierAttempt() {
    for (Standing later :
        List.of(
            running(OTHER, 4),
            new Standing(JobState.SUCCEEDED, null, null, 4, null),
            new Standing(JobState.QUEUED, null, null, 4, null))) {
      assertThat(judge(job(later), 3)).isEqualTo(new DispatchVerdict.Acknowledge());
    }
  }

  @Test
  void leavesToItsRowWhatWaits() {
    Job waiting = job(new Standing(JobState.WAITING, WaitReason.RETRY, NOW, 3, null));

    assertThat(judge(waiting, 3)).isEqualTo(new DispatchVerdict.Acknowledge());
  }

  @Test
  void runsWhatIsQueuedAndWhatIsItsOwnByTheRow() {
    assertThat(judge(job(new Standing(JobState.QUEUED, null, null, 3, null)), 3))
        .isInstanceOf(DispatchVerdict.Run.class);
    assertThat(judge(job(running(SELF, 3)), 3)).isInstanceOf(DispatchVerdict.Run.class);
  }

  private static DispatchVerdict judge(Job found, int attempt) {
    return DispatchVerdict.on(new LockedJob(found, null, false), attempt, HANDLER, SELF, NOW);
  }

  private static Standing running(UUID worker, int attempt) {
    return Standing.running(new LeaseToken(worker, attempt));
  }

  private static Job job(Standing standing) {
    JobState state = standing.state();
    return new Job(
        JobId.of("acme", "m-1"),
        new Job.Order(
            "acme",
            TYPE,
            "m-1",
            JobOptions.NONE,
            "{\"left\":6,\"right\":7}".getBytes(UTF_8),
            new UUID(7, 7)),
        standing,
        new Job.Times(NOW, NOW, state.isFinal() ? NOW : null),
        Setbacks.NONE,
        switch (state) {
          case SUCCEEDED -> Job.Ending.succeeded("1".getBytes(UTF_8));
          case FAILED -> Job.Ending.failed(new Failure("Broken", "no", null));
          default -> Job.Ending.NONE;
        });
  }
}
