package io.millrace.examples.lending.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.handler.test.Attempt;
import io.millrace.handler.test.TestJob;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The handler, against a bureau that says what a test has it say. */
class ScoreCreditIT {

  private final FakeBureau bureau = new FakeBureau();

  @AfterEach
  void stop() {
    bureau.close();
  }

  @Test
  void givesTheScoreOfTheBureau() {
    bureau.answers(200, "{\"score\": 731, \"model\": \"2026-A\", \"reasons\": [\"R12\"]}");

    Attempt.Succeeded attempt = score().expectSuccess();

    assertThat(attempt.resultAs(CreditScore.class)).isEqualTo(new CreditScore(731, "2026-A"));
    assertThat(bureau.asked())
        .containsExactly("POST /scores {\"reference\":\"DE-004711\",\"bornOn\":\"1984-05-17\"}");
  }

  @Test
  void saysThatTheBureauDoesNotKnowThePerson() {
    bureau.answers(404, "no such person");

    Attempt.Failed attempt = score().expectFailure();

    assertThat(attempt.permanent()).isTrue();
    assertThat(attempt.message()).startsWith("the bureau knows nobody by this reference");
  }

  @Test
  void isTriedAgainWhenTheBureauAsksForIt() {
    bureau.answers(503, "busy", "Retry-After", "20");

    Attempt.Failed attempt = score().expectFailure();

    assertThat(attempt.permanent()).isFalse();
    assertThat(attempt.retryAfter()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void takesNothingForAScoreThatIsNone() {
    bureau.answers(200, "{\"score\": 99999, \"model\": \"2026-A\"}");
    Attempt.Failed tooHigh = score().expectFailure();
    bureau.answers(200, "<html>maintenance</html>");
    Attempt.Failed noJson = score().expectFailure();

    assertThat(tooHigh.permanent()).isTrue();
    assertThat(noJson.permanent()).isTrue();
    assertThat(noJson.message()).startsWith("the answer is no CreditScore in JSON");
  }

  @Test
  void asksNobodyWithoutAReference() {
    TestJob.of(new ScoreCredit()).payload("{\"bornOn\": \"1984-05-17\"}").run().expectRefusal();

    assertThat(bureau.asked()).isEmpty();
  }

  private Attempt score() {
    return TestJob.of(new ScoreCredit())
        .payload("{\"reference\": \"DE-004711\", \"bornOn\": \"1984-05-17\"}")
        .partner(bureau.address())
        .run();
  }
}
