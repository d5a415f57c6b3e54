package io.millrace.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.chaos.work.JobKind;
import io.millrace.core.job.JobState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every violation is found in a history that has it, and no other one with it. */
class HistoryCheckerTest {

  private final MadeUpHistory history = new MadeUpHistory();

  @Test
  void findsNothingWrongWithAHistoryInWhichEverythingEndedAsItMust() {
    for (JobKind kind : JobKind.values()) {
      history.rightly(kind);
    }

    Verdict verdict = history.verdict();

    assertThat(violations(verdict)).isEmpty();
    assertThat(verdict.isClean()).isTrue();
    assertThat(verdict.count(Fact.CONFIRMED)).isEqualTo(JobKind.values().length);
    assertThat(verdict.count(Fact.SUCCEEDED)).isEqualTo(5);
    assertThat(verdict.count(Fact.FAILED)).isEqualTo(1);
    assertThat(verdict.count(Fact.QUARANTINED)).isEqualTo(1);
    assertThat(verdict.count(Fact.EFFECTS)).isEqualTo(1);
  }

  @Test
  void findsAPromiseThatIsNowhere() {
    String job = history.rightly(JobKind.PLAIN);

    history.forget(job);

    assertFound(Violation.LOST);
  }

  @Test
  void holdsNobodyToWhatWasNotConfirmed() {
    String job = history.rightly(JobKind.PLAIN);

    history.unconfirmed(job);
    history.forget(job);

    assertThat(violations(history.verdict())).isEmpty();
  }

  @Test
  void findsAJobThatHasNotEndedWhetherOrNotItWasConfirmed() {
    history.recorded(history.rightly(JobKind.PLAIN), JobState.WAITING, 2, null, null);
    String unconfirmed = history.rightly(JobKind.PLAIN);
    history.unconfirmed(unconfirmed);
    history.recorded(unconfirmed, JobState.RUNNING, 1, null, null);

    assertFound(Violation.STUCK);
    assertThat(history.verdict().cases(Violation.STUCK)).hasSize(2);
  }

  @Test
  void findsAJobThatNobodyPublished() {
    history.unpublish(history.rightly(JobKind.PLAIN));

    assertFound(Violation.UNKNOWN);
  }

  @Test
  void findsAJobThatFailedAndHadNoReasonTo() {
    history.fails(history.rightly(JobKind.PLAIN), "java.lang.IllegalStateException");

    assertFound(Violation.WRONG_END);
  }

  @Test
  void findsAJobThatIsInQuarantineAndMayNotBe() {
    String job = history.rightly(JobKind.PLAIN);

    history.quarantined(job);

    assertFound(Violation.WRONG_END);
  }

  @Test
  void findsASuccessOfAnAttemptThatFails() {
    String job = history.rightly(JobKind.FLAKY);

    history.succeeds(job, history.badAttempt(job));

    assertFound(Violation.WRONG_END);
  }

  @Test
  void findsARecordedFailureOfAnAttemptThatSucceeds() {
    String job = history.rightly(JobKind.FLAKY);

    history.attemptFailed(job, history.goodAttempt(job), "some.TransientFailure");

    assertFound(Violation.WRONG_END);
  }

  @Test
  void acceptsThatAJobFailsWhichMetThreeDeadWorkersAndOnlyThen() {
    String job = history.rightly(JobKind.SLOW);
    history.fails(job, "CRASHED_WORKER");
    history.attemptFailed(job, 1, "WORKER_DIED");
    history.attemptFailed(job, 2, "WORKER_DIED");
    assertFound(Violation.WRONG_END);

    history.attemptFailed(job, 3, "WORKER_DIED");

    assertThat(violations(history.verdict())).isEmpty();
    assertThat(history.verdict().count(Fact.CONVICTED)).isEqualTo(1);
  }

  @Test
  void findsAResultThatIsNotTheSum() {
    String job = history.rightly(JobKind.PLAIN);

    history.results(job, "{\"value\":1}");

    assertFound(Violation.WRONG_RESULT);
  }

  @Test
  void findsASuccessThatNoHandlerRanFor() {
    history.ranNever(history.rightly(JobKind.PLAIN));

    assertFound(Violation.NEVER_RAN);
  }

  @Test
  void findsARunBeforeTheTime() {
    String job = history.rightly(JobKind.LATER);

    history.ran(job, 1, MadeUpHistory.NOT_BEFORE.minusMillis(1));

    assertFound(Violation.TOO_EARLY);
  }

  @Test
  void findsTwoDifferentResultsOfOneJob() {
    String job = history.rightly(JobKind.PLAIN);

    history.announcedToo(job, 1, "succeeded", "{\"value\":1}");

    assertFound(Violation.RECORDED_TWICE, Violation.WRONGLY_ANNOUNCED);
  }

  @Test
  void findsTwoEndsOfOneJob() {
    String job = history.rightly(JobKind.PLAIN);

    history.announcedToo(job, 2, "failed", null);

    assertFound(Violation.RECORDED_TWICE, Violation.WRONGLY_ANNOUNCED);
  }

  @Test
  void countsWhatIsAnnouncedTwiceAndAllowsIt() {
    history.announcedAgain(history.rightly(JobKind.PLAIN));

    assertThat(violations(history.verdict())).isEmpty();
    assertThat(history.verdict().count(Fact.ANNOUNCED_AGAIN)).isEqualTo(1);
  }

  @Test
  void findsAnEndThatChanged() {
    history.changed(history.rightly(JobKind.PLAIN));

    assertFound(Violation.END_CHANGED);
  }

  @Test
  void findsAnEndThatNobodyHeardOf() {
    history.announcedNever(history.rightly(JobKind.PLAIN));
    history.announcedNever(history.rightly(JobKind.BROKEN));

    assertFound(Violation.NEVER_ANNOUNCED);
    assertThat(history.verdict().cases(Violation.NEVER_ANNOUNCED)).hasSize(2);
  }

  @Test
  void findsAnAnnouncementOfSomethingElseThanIsRecorded() {
    String job = history.rightly(JobKind.PLAIN);
    history.announcedNever(job);

    history.announcedToo(job, 2, "succeeded", null);

    assertFound(Violation.WRONGLY_ANNOUNCED);
  }

  @Test
  void findsASecondEffect() {
    history.effect(history.rightly(JobKind.EFFECT));

    assertFound(Violation.EFFECT_TWICE);
  }

  @Test
  void findsAnEffectOfAJobThatDidNotSucceed() {
    history.fails(history.rightly(JobKind.HOPELESS), "io.millrace.handler.PermanentFailure");
    history.effect(history.rightly(JobKind.HOPELESS));
    history.effect(UUID.randomUUID());

    assertFound(Violation.EFFECT_WITHOUT_SUCCESS);
    assertThat(history.verdict().cases(Violation.EFFECT_WITHOUT_SUCCESS)).hasSize(2);
  }

  @Test
  void findsASuccessWithoutItsEffect() {
    history.withoutEffect(history.rightly(JobKind.EFFECT));

    assertFound(Violation.SUCCESS_WITHOUT_EFFECT);
  }

  @Test
  void findsAMessageThatIsLeft() {
    history.left("millrace.job.chaos.plain", 1);
    history.left("millrace.dead", 0);

    assertFound(Violation.LEFT_IN_QUEUE);
    assertThat(history.verdict().cases(Violation.LEFT_IN_QUEUE)).hasSize(1);
  }

  @Test
  void findsAProcessThatEndedByItself() {
    history.endedByItself("worker-1-1.log");

    assertFound(Violation.ENDED_BY_ITSELF);
  }

  @Test
  void countsWhatRanMoreThanOnce() {
    String job = history.rightly(JobKind.PLAIN);

    history.ran(job, 1, Instant.EPOCH);

    assertThat(violations(history.verdict())).isEmpty();
    assertThat(history.verdict().count(Fact.RUNS_AGAIN)).isEqualTo(1);
  }

  private void assertFound(Violation... expected) {
    Verdict verdict = history.verdict();
    assertThat(violations(verdict)).containsExactlyInAnyOrder(expected);
    assertThat(verdict.isClean()).isFalse();
  }

  private static Set<Violation> violations(Verdict verdict) {
    Set<Violation> found = EnumSet.noneOf(Violation.class);
    for (Violation violation : Violation.values()) {
      if (!verdict.cases(violation).isEmpty()) {
        found.add(violation);
      }
    }
    return found;
  }
}
