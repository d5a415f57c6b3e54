package io.millrace.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.ContractNames;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class JobOutboxTest {

  private static final Connection AUTO_COMMITTING = connection(true);
  private static final Connection UNTOUCHED = connection(false);

  private final JobOutbox outbox = JobOutbox.create();

  record Loan(int loan) {}

  @Test
  void asksForATenantAMessageIdAndAPayload() {
    assertThatThrownBy(() -> aJob().tenant(null).enqueue(UNTOUCHED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'m-1' names no tenant");
    assertThatThrownBy(
            () -> outbox.job("loan.amortize").tenant("acme").messageId("m-1").enqueue(UNTOUCHED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a message id and a payload");
    assertThatThrownBy(
            () -> outbox.job("loan.amortize").tenant("acme").payload(1).enqueue(UNTOUCHED))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void holdsToTheRulesOfTheContract() {
    assertThatThrownBy(() -> outbox.job("Loan Amortize"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no job type");
    assertRefused(aJob().tenant("a\nb"), "tenant 'a?b' has the control character U+000A");
    assertRefused(aJob().messageId("x".repeat(201)), "has 201 characters, 200 are allowed");
    assertRefused(aJob().messageId("\u20AC".repeat(100)), "has 300 bytes in UTF-8");
    assertRefused(aJob().uniqueKey(""), "unique key '' is empty");
    assertRefused(aJob().replyTo("\u20AC".repeat(100)), "reply-to");
    assertRefused(aJob().traceparent("no trace"), "no traceparent");
  }

  @Test
  void boundsThePayload() {
    assertRefused(
        aJob().payload(new byte[ContractNames.DEFAULT_MAX_BODY_BYTES + 1]),
        "has 1048577 bytes, 1048576 are allowed");
    assertThatThrownBy(
            () ->
                outbox
                    .withMaxPayloadBytes(3)
                    .job("loan.amortize")
                    .tenant("acme")
                    .messageId("m-1")
                    .payload("1234".getBytes(UTF_8))
                    .enqueue(UNTOUCHED))
        .hasMessageContaining("has 4 bytes, 3 are allowed");
  }

  @Test
  void refusesAConnectionWithoutATransaction() {
    assertThatThrownBy(() -> aJob().enqueue(AUTO_COMMITTING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'m-1'")
        .hasMessageContaining("auto-commit");
  }

  private OutboxDraft aJob() {
    return outbox.job("loan.amortize").tenant("acme").messageId("m-1").payload(new Loan(1));
  }

  private static void assertRefused(OutboxDraft draft, String why) {
    assertThatThrownBy(() -> draft.enqueue(UNTOUCHED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  /** A connection that answers one question, and may not be asked anything else. */
  private static Connection connection(boolean autoCommit) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, _) -> {
              if (method.getName().equals("getAutoCommit")) {
                return autoCommit;
              }
              throw new AssertionError("the connection was asked for " + method.getName());
            });
  }
}
