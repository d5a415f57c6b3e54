package io.millrace.handler.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.Refusal;
import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransactionalHandler;
import io.millrace.handler.TransientFailure;
import io.millrace.worker.handlers.InvalidHandlerException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class TestJobTest {

  /** What to divide. */
  public record Shares(BigDecimal total, int among) {
    public Shares {
      if (among < 1) {
        throw new IllegalArgumentException("among must be at least 1");
      }
    }
  }

  /** What each gets. */
  public record Share(BigDecimal each) {}

  /** Has a schema that asks for more than the record. */
  @Handles(value = "test.share", schema = "shares.schema.json")
  static final class Sharing implements Calculation<Shares, Share> {
    @Override
    public Share calculate(Shares input, JobContext context) {
      context.log().atInfo().addKeyValue("among", input.among()).log("sharing {}", "fairly");
      return new Share(
          input.total().divide(BigDecimal.valueOf(input.among()), 2, RoundingMode.HALF_UP));
    }
  }

  /** How to end. */
  public record Ending(String how) {}

  /** Ends as it is told. */
  @Handles("test.end")
  static final class EndingAsTold implements Calculation<Ending, Ending> {
    @Override
    @SuppressWarnings("NullAway") // a handler may do what it should not
    public @Nullable Ending calculate(Ending input, JobContext context) throws Exception {
      return switch (input.how()) {
        case "permanent" -> throw new PermanentFailure("it never works");
        case "transient" -> throw new TransientFailure("busy", Duration.ofSeconds(30), null);
        case "end of file" -> throw new EOFException("too short");
        case "null" -> null;
        case "wait" -> {
          context.log().warn("waiting for {}", "ever");
          new CountDownLatch(1).await();
          yield input;
        }
        case "look" -> new Ending(context.isCancelled() ? "stopped early" : "went on");
        default -> input;
      };
    }
  }

  @Handles("test.transaction")
  static final class Transactional implements TransactionalHandler<Ending, Ending> {
    @Override
    public Ending handle(Ending input, Connection connection, JobContext context) {
      return input;
    }
  }

  static final class Nameless implements Calculation<Ending, Ending> {
    @Override
    public Ending calculate(Ending input, JobContext context) {
      return input;
    }
  }

  @Test
  void showsTheResultAsItIsRecorded() {
    Attempt.Succeeded attempt =
        TestJob.of(new Sharing()).payload("{\"total\": 0.30, \"among\": 3}").run().expectSuccess();

    assertThat(attempt.result()).isEqualTo("{\"each\":0.10}");
    assertThat(attempt.resultAs(Share.class)).isEqualTo(new Share(new BigDecimal("0.10")));
  }

  @Test
  void takesThePayloadFromAResourceBesideTheHandler() {
    Attempt attempt = TestJob.of(new Sharing()).payloadFrom("ten-among-four.json").run();

    assertThat(attempt.expectSuccess().result()).isEqualTo("{\"each\":2.50}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"total\": 1, \"among\": 101} | SCHEMA_VIOLATION | must have a maximum value of 100",
        "{\"total\": 1} | SCHEMA_VIOLATION | required property 'among' not found",
        "{\"total\": 1, \"among\": 0} | SCHEMA_VIOLATION | takes: among must be at least 1",
        "{\"total\": 1, \"among\": 2, \"amnog\": 3} | SCHEMA_VIOLATION | \"amnog\"",
        "{\"total\": 1, | MALFORMED_JSON | the body is not JSON in UTF-8",
        "\uFEFF{} | MALFORMED_JSON | byte order mark"
      })
  void refusesWhatAWorkerPutsIntoQuarantine(String payload, Refusal reason, String explanation) {
    Attempt.Refused attempt = TestJob.of(new Sharing()).payload(payload).run().expectRefusal();

    assertThat(attempt.reason()).isEqualTo(reason);
    assertThat(attempt.explanation()).contains(explanation);
  }

  @Test
  void tellsAPermanentFailureFromOneThatIsTriedAgain() {
    Attempt.Failed permanent = ending("permanent").run().expectFailure();
    Attempt.Failed passing = ending("transient").run().expectFailure();
    Attempt.Failed unknown = ending("end of file").run().expectFailure();

    assertThat(permanent.permanent()).isTrue();
    assertThat(permanent.kind()).isEqualTo(PermanentFailure.class.getName());
    assertThat(permanent.message()).isEqualTo("it never works");
    assertThat(permanent.trace()).contains("EndingAsTold.calculate");
    assertThat(passing.permanent()).isFalse();
    assertThat(passing.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(unknown.permanent()).isFalse();
    assertThat(unknown.retryAfter()).isNull();
  }

  @Test
  void takesForPermanentWhatTheConfigurationWouldName() {
    Attempt.Failed attempt =
        ending("end of file").permanent(IOException.class).run().expectFailure();

    assertThat(attempt.permanent()).isTrue();
  }

  @Test
  void takesNoResultForAFailure() {
    Attempt.Failed attempt = ending("null").run().expectFailure();

    assertThat(attempt.message()).isEqualTo("the handler returned null instead of a result");
  }

  @Test
  void showsTheHandlerTheFirstAttemptAtAJobOfTheDefaultTenant() {
    JobContext context = TestJob.of(new Sharing()).context();

    assertThat(context.type()).isEqualTo("test.share");
    assertThat(context.tenant()).isEqualTo("default");
    assertThat(context.messageId()).isEqualTo("message-1");
    assertThat(context.attempt()).isEqualTo(1);
    assertThat(context.deadline()).isEmpty();
    assertThat(context.isCancelled()).isFalse();
  }

  @Test
  void showsTheHandlerWhatTheTestSays() {
    Instant deadline = Instant.parse("2026-03-01T00:00:00Z");
    JobId id = JobId.of("bank", "loan-1");

    JobContext context =
        TestJob.of(new Sharing())
            .tenant("bank")
            .messageId("loan-1")
            .attempt(3)
            .deadline(deadline)
            .context();

    assertThat(context.tenant()).isEqualTo("bank");
    assertThat(context.messageId()).isEqualTo("loan-1");
    assertThat(context.jobId()).isEqualTo(id.value());
    assertThat(context.idempotencyKey()).isEqualTo(id.toString());
    assertThat(context.attempt()).isEqualTo(3);
    assertThat(context.deadline()).contains(deadline);
  }

  @Test
  void interruptsTheHandlerOfACancelledJobAndNobodyElse() {
    Attempt.Failed attempt = ending("wait").cancelled().run().expectFailure();

    assertThat(attempt.kind()).isEqualTo(InterruptedException.class.getName());
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void tellsTheHandlerThatItsJobIsCancelled() {
    assertThat(ending("look").cancelled().run().expectSuccess().resultAs(Ending.class))
        .isEqualTo(new Ending("stopped early"));
    assertThat(ending("look").run().expectSuccess().resultAs(Ending.class))
        .isEqualTo(new Ending("went on"));
  }

  @Test
  void keepsWhatTheHandlerLogs() {
    Attempt.Succeeded success =
        TestJob.of(new Sharing()).payloadFrom("ten-among-four.json").run().expectSuccess();
    Attempt.Failed failure = ending("wait").cancelled().run().expectFailure();

    assertThat(success.log())
        .containsExactly(new LogLine(Level.INFO, "sharing fairly", Map.of("among", 4), null));
    assertThat(failure.log())
        .containsExactly(new LogLine(Level.WARN, "waiting for ever", Map.of(), null));
  }

  @Test
  void saysWhatCameInsteadOfWhatWasExpected() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ending("permanent").run().expectSuccess())
        .withMessageContaining("expected a success, but the handler failed for good")
        .withMessageContaining("it never works");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ending("ok").run().expectFailure())
        .withMessage("expected a failure, but the handler succeeded with {\"how\":\"ok\"}");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> TestJob.of(new EndingAsTold()).payload("null").run().expectSuccess())
        .withMessage(
            "expected a success, but the payload was refused as SCHEMA_VIOLATION: the payload is the JSON null");
  }

  @Test
  void refusesAHandlerThatNoWorkerCouldUse() {
    assertThatExceptionOfType(InvalidHandlerException.class)
        .isThrownBy(() -> TestJob.of(new Nameless()))
        .withMessageContaining("annotate it with @Handles");
  }

  @Test
  void saysHowItIsToBeUsed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TestJob.of(new Sharing()).run())
        .withMessage("the job has no payload: call payload or payloadFrom before run");
    assertThatIllegalStateException()
        .isThrownBy(() -> TestJob.of(new Transactional()).payload("{\"how\": \"ok\"}").run())
        .withMessageContaining("is a TransactionalHandler and has no connection");
    assertThatIllegalStateException()
        .isThrownBy(() -> ending("ok").connection(anyConnection()).run())
        .withMessageContaining("gets no connection, since it is no TransactionalHandler");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestJob.of(new Sharing()).payloadFrom("nowhere.json"))
        .withMessageContaining("there is no resource 'nowhere.json' beside");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestJob.of(new Sharing()).attempt(0))
        .withMessageContaining("the first attempt is number 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ending("ok").messageId("").run())
        .withMessageContaining("message id");
  }

  private static TestJob ending(String how) {
    return TestJob.of(new EndingAsTold()).payload("{\"how\": \"%s\"}".formatted(how));
  }

  private static Connection anyConnection() {
    return (Connection)
        Proxy.newProxyInstance(
            TestJobTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, _) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
