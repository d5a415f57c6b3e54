package io.millrace.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batch.ControlTotal;
import io.millrace.batch.PermanentBatchFailure;
import io.millrace.scheduler.batch.RestartPolicy.Decision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

  private final RestartPolicy policy = new RestartPolicy(20);

  @Test
  void waitsTwiceAsLongEachTimeAndFiveMinutesAtMost() {
    Exception failure = new IllegalStateException("no");

    assertThat(policy.decide(failure, 1)).isEqualTo(new Decision.Again(Duration.ofSeconds(1)));
    assertThat(policy.decide(failure, 2)).isEqualTo(new Decision.Again(Duration.ofSeconds(2)));
    assertThat(policy.decide(failure, 9)).isEqualTo(new Decision.Again(Duration.ofSeconds(256)));
    assertThat(policy.decide(failure, 10)).isEqualTo(new Decision.Again(Duration.ofMinutes(5)));
    assertThat(policy.decide(failure, 20)).isEqualTo(new Decision.Again(Duration.ofMinutes(5)));
  }

  @Test
  void givesUpAfterSoMany() {
    assertThat(policy.decide(new IllegalStateException("no"), 21))
        .isEqualTo(new Decision.GiveUp("begun 21 times, at last: IllegalStateException: no"));
  }

  @Test
  void givesUpAtOnceWhatARestartDoesNotHelp() {
    assertThat(policy.decide(new RuntimeException(new PermanentBatchFailure("done already")), 1))
        .isInstanceOf(Decision.GiveUp.class);
    assertThat(policy.decide(new PartitionFailedException("done already", true), 1))
        .isEqualTo(new Decision.GiveUp("done already"));
    assertThat(policy.decide(new PartitionFailedException("not yet", false), 1))
        .isInstanceOf(Decision.Again.class);
    assertThat(policy.decide(new TotalsException(List.of(ControlTotal.of("sum", 3, 4))), 1))
        .isEqualTo(
            new Decision.GiveUp("the control totals do not match: sum should be 3, but is 4"));
  }
}
