package io.millrace.worker.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.JobState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final JobId JOB = JobId.of("acme", "4711");
  private static final JobType LOANS = new JobType("loan.amortize");
  private static final JobType SCORES = new JobType("credit.score");

  private long now = Long.MAX_VALUE - Duration.ofSeconds(4).toNanos(); // it may overflow
  private final Pace pace = new Pace(() -> now);

  @Test
  void saysHowManyJobsASecondOfEachTypeHaveEnded() {
    end(LOANS, 30);
    end(SCORES, 1);

    after(Duration.ofSeconds(5));

    assertThat(pace.perSecond()).containsOnly(entry(LOANS, 6.0), entry(SCORES, 0.2));
  }

  @Test
  void looksBackOverTheLastTimesThatItWasAsked() {
    end(LOANS, 30);
    after(Duration.ofSeconds(5));
    pace.perSecond();

    end(LOANS, 10);
    after(Duration.ofSeconds(5));

    assertThat(pace.perSecond()).containsOnly(entry(LOANS, 4.0));
  }

  @Test
  void forgetsATypeOfWhichNoneHasEndedForAWhile() {
    end(LOANS, 30);
    end(SCORES, 3);
    after(Duration.ofSeconds(5));
    pace.perSecond();

    for (int i = 0; i < 4; i++) {
      end(LOANS, 10);
      after(Duration.ofSeconds(5));
      pace.perSecond();
    }

    assertThat(pace.perSecond()).containsOnly(entry(LOANS, 2.0));
  }

  @Test
  void countsAllThatEndedWhileNobodyAskedForLong() {
    end(LOANS, 30);
    after(Duration.ofMinutes(10));

    assertThat(pace.perSecond()).containsOnly(entry(LOANS, 0.05));
  }

  @Test
  void countsNothingThatGoesOn() {
    pace.on(new WorkerEvent.JobSetAside(JOB, LOANS));
    pace.on(new WorkerEvent.JobTakenOver(JOB, 2));

    after(Duration.ofSeconds(5));

    assertThat(pace.perSecond()).isEmpty();
  }

  private void end(JobType type, int jobs) {
    for (int i = 0; i < jobs; i++) {
      pace.on(
          new WorkerEvent.JobEnded(
              JOB, type, JobState.SUCCEEDED, Duration.ofMillis(5), Duration.ofMillis(9)));
    }
  }

  private void after(Duration time) {
    now += time.toNanos();
  }
}
