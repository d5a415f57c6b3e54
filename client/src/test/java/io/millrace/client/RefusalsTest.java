package io.millrace.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Return;
import io.millrace.client.contract.EncodedMessage;
import io.millrace.client.contract.JobType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final long NOW = Long.MAX_VALUE - 1; // the scale of nanoTime may wrap
  private static final long PATIENCE = Duration.ofMillis(500).toNanos();

  private final Refusals refusals = new Refusals();
  private final PendingMessage first = message("m-1", "1");
  private final PendingMessage second = message("m-2", "2");

  @Test
  void givesOutWhatWasReturnedOnce() {
    refusals.add(first, NOW);
    refusals.add(second, NOW);

    assertThat(refusals.takeReturned(returned("m-2", "2"))).isSameAs(second);
    assertThat(refusals.takeReturned(returned("m-2", "2"))).isNull();
    assertThat(refusals.takeReturned(returned("m-1", "another body"))).isNull();
    assertThat(refusals.takeAll()).containsExactly(first);
  }

  @Test
  void givesOutWhatWasNotReturnedInTime() {
    refusals.add(first, NOW);
    refusals.add(second, NOW + 1);

    assertThat(refusals.takeOverdue(NOW + PATIENCE - 1)).isEmpty();
    assertThat(refusals.takeOverdue(NOW + PATIENCE)).containsExactly(first);
    assertThat(refusals.takeAll()).containsExactly(second);
    assertThat(refusals.takeAll()).isEmpty();
  }

  @Test
  void tellsEqualMessagesApart() {
    PendingMessage twin = message("m-1", "1");
    refusals.add(first, NOW);
    refusals.add(twin, NOW);

    assertThat(refusals.takeReturned(returned("m-1", "1"))).isSameAs(first);
    assertThat(refusals.takeReturned(returned("m-1", "1"))).isSameAs(twin);
  }

  private static PendingMessage message(String id, String body) {
    return new PendingMessage(
        new EncodedMessage("millrace.jobs", "test.job", properties(id), body.getBytes(UTF_8)),
        new PublishedJob(new JobType("test.job"), id, null),
        NOW);
  }

  private static Return returned(String id, String body) {
    return new Return(
        312, "NO_ROUTE", "millrace.jobs", "test.job", properties(id), body.getBytes(UTF_8));
  }

  private static AMQP.BasicProperties properties(String id) {
    return new AMQP.BasicProperties.Builder().messageId(id).build();
  }
}
