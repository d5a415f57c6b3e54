package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequiresRabbitMqConditionTest {

  @Test
  void runsWhereThereIsRabbitMq() {
    assertThat(RequiresRabbitMqCondition.decide("a test", true, true).isDisabled()).isFalse();
  }

  @Test
  void skipsWithAReasonWhereThereIsNone() {
    var result = RequiresRabbitMqCondition.decide("this skip is itself a test", false, false);

    assertThat(result.isDisabled()).isTrue();
    assertThat(result.getReason())
        .hasValueSatisfying(why -> assertThat(why).contains("no RabbitMQ"));
  }

  @Test
  void failsWhereItIsRequiredAndThereIsNone() {
    assertThatThrownBy(() -> RequiresRabbitMqCondition.decide("a test", false, true))
        .isInstanceOf(TestServerException.class)
        .hasMessageContaining("a test cannot run");
  }
}
