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
import io.millrace.core.job.Recovery;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.core.lease.OwnerEnd;
import io.millrace.core.store.LockedJob;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID SELF = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);
  private static final UUID FINGERPRINT = new UUID(7, 7);

  @Test
  void announcesAgainWhatHasEnded() {
    for (JobState state : JobState.values()) {
      if (state.isFinal()) {
        LockedJob found = found(new Standing(state, null, null, 2, null), null);

        assertThat(judge(found)).isEqualTo(new Verdict.Announce(found.job()));
      }
    }
  }

  @Test
  void leavesToItsRowWhatWaitsOrIsQueued() {
    assertThat(judge(found(new Standing(JobState.WAITING, WaitReason.RETRY, NOW, 2, null), null)))
        .isEqualTo(new Verdict.Repeat());
    assertThat(judge(found(new Standing(JobState.QUEUED, null, null, 2, null), null)))
        .isEqualTo(new Verdict.Repeat());
  }

  @Test
  void leavesToItsRowWhatWasRecordedToWait() {
    Job beyond = found(new Standing(JobState.WAITING, WaitReason.SHARE, NOW, 1, null), null).job();
    Job early =
        found(new Standing(JobState.WAITING, WaitReason.SCHEDULED, NOW, 1, null), null).job();

    assertThat(Verdict.onRecorded(beyond)).isEqualTo(new Verdict.OthersFirst());
    assertThat(Verdict.onRecorded(early)).isEqualTo(new Verdict.Acknowledge());
  }

  @Test
  void holdsWhatALivingWorkerRuns() {
    assertThat(judge(found(running(OTHER, 2), null))).isEqualTo(new Verdict.Hold());
  }

  @Test
  void takesOverFromADeadOwnerWithTheNextAttemptAndCountsTheCrash() {
    LockedJob found = found(running(OTHER, 2), OwnerEnd.DECLARED_DEAD);

    Verdict.Recover verdict = (Verdict.Recover) judge(found);

    assertThat(verdict.change().from()).isEqualTo(running(OTHER, 2));
    assertThat(verdict.change().to()).isEqualTo(running(SELF, 3));
    assertThat(verdict.change().setbacks()).isEqualTo(new Setbacks(0, 1, null));
    assertThat(verdict.then())
        .isEqualTo(new Verdict.Run(running(SELF, 3), new Setbacks(0, 1, null), NOW));
  }

  @Test
  void blamesNobodyForAnOwnerThatSignedOff() {
    Verdict.Recover verdict =
        (Verdict.Recover) judge(found(running(OTHER, 2), OwnerEnd.SIGNED_OFF));

    assertThat(verdict.change().setbacks()).isEqualTo(Setbacks.NONE);
    assertThat(verdict.then()).isEqualTo(new Verdict.Run(running(SELF, 3), Setbacks.NONE, NOW));
  }

  @Test
  void convictsWhatRanAloneWhenItsOwnerDied() {
    LockedJob beside = found(running(OTHER, 2), OwnerEnd.DECLARED_DEAD);
    LockedJob alone = new LockedJob(beside.job(), OwnerEnd.DECLARED_DEAD, true);

    Verdict.Recover verdict = (Verdict.Recover) judge(alone);

    assertThat(verdict.change().to().state()).isEqualTo(JobState.FAILED);
    assertThat(verdict.then())
        .isInstanceOfSatisfying(
            Verdict.End.class,
            end -> assertThat(end.job().ending().failure()).isEqualTo(Recovery.CRASHED_WORKER));
  }

  @Test
  void runsWhatIsItsOwnByTheRow() {
    assertThat(judge(found(running(SELF, 2), null)))
        .isEqualTo(new Verdict.Run(running(SELF, 2), Setbacks.NONE, NOW));
  }

  @Test
  void refusesAnotherPayloadWhateverTheState() {
    for (Standing standing :
        new Standing[] {running(OTHER, 1), new Standing(JobState.EXPIRED, null, null, 1, null)}) {
      LockedJob found = found(standing, OwnerEnd.DECLARED_DEAD);

      assertThat(Verdict.on(found, new UUID(8, 8), SELF, NOW))
          .isEqualTo(new Verdict.Conflict(found.job()));
    }
  }

  private static Verdict judge(LockedJob found) {
    return Verdict.on(found, FINGERPRINT, SELF, NOW);
  }

  private static Standing running(UUID worker, int attempt) {
    return Standing.running(new LeaseToken(worker, attempt));
  }

  private static LockedJob found(Standing standing, @Nullable OwnerEnd ownerEnd) {
    JobState state = standing.state();
    return new LockedJob(
        new Job(
            JobId.of("acme", "m-1"),
            new Job.Order(
                "acme",
                new JobType("test.job"),
                "m-1",
                JobOptions.NONE,
                "{}".getBytes(UTF_8),
                FINGERPRINT),
            standing,
            new Job.Times(NOW, NOW, state.isFinal() ? NOW : null),
            Setbacks.NONE,
            switch (state) {
              case SUCCEEDED -> Job.Ending.succeeded("1".getBytes(UTF_8));
              case FAILED -> Job.Ending.failed(new Failure("Broken", "no", null));
              default -> Job.Ending.NONE;
            }),
        ownerEnd,
        false);
  }
}
