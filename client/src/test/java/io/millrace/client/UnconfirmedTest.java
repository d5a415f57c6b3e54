package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.millrace.client.contract.EncodedMessage;
import io.millrace.client.contract.JobType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnconfirmedTest {

  private static final long NOW = Long.MAX_VALUE - 1; // the scale of nanoTime may wrap
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

  private final Unconfirmed unconfirmed = new Unconfirmed();
  private final PendingMessage first = message("m-1");
  private final PendingMessage second = message("m-2");
  private final PendingMessage third = message("m-3");
  private final List<PendingMessage> confirmed = new ArrayList<>();

  @Test
  void seesThatTheBrokerHasForgottenOne() {
    addAll();

    answered(2, false);

    assertThat(unconfirmed.isPassedOver(NOW + PATIENCE - 1)).isFalse();
    assertThat(unconfirmed.isPassedOver(NOW + PATIENCE)).isTrue();
    assertThat(unconfirmed.messages()).containsExactly(first, third);
  }

  @Test
  void waitsForABrokerThatIsSlow() {
    addAll();
    assertThat(unconfirmed.isPassedOver(NOW + 2 * PATIENCE)).isFalse();

    answered(1, false);
    assertThat(unconfirmed.isPassedOver(NOW + 2 * PATIENCE)).isFalse();

    answered(3, true);
    assertThat(unconfirmed.isPassedOver(NOW + 2 * PATIENCE)).isFalse();
    assertThat(confirmed).containsExactly(first, second, third);
  }

  private void addAll() {
    unconfirmed.add(1, first, NOW);
    unconfirmed.add(2, second, NOW);
    unconfirmed.add(3, third, NOW);
  }

  private void answered(long sequence, boolean multiple) {
    unconfirmed.answered(sequence, multiple, _ -> {}, confirmed::add);
  }

  private static PendingMessage message(String id) {
    return new PendingMessage(
        new EncodedMessage(
            "millrace.jobs",
            "test.job",
            new AMQP.BasicProperties.Builder().messageId(id).build(),
            new byte[0]),
        new PublishedJob(new JobType("test.job"), id, null),
        NOW);
  }
}
