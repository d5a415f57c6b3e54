package io.millrace.scheduler.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.scheduler.retention.RetentionProperties.Rule;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {

  private static final Duration COMMON = Duration.ofDays(90);

  private final RetentionPolicy policy =
      new RetentionPolicy(
          COMMON,
          Map.of(
              "loans", new Rule("loan", null, Duration.ofDays(3_650)),
              "acme", new Rule(null, "acme", Duration.ofDays(30)),
              "pings", new Rule("ping", null, Duration.ofDays(1)),
              "court", new Rule("court", null, Duration.ZERO),
              "pings of acme", new Rule("ping", "acme", Duration.ofDays(2))));

  @Test
  void followsTheRuleForTypeAndTenant() {
    assertThat(policy.keep("ping", "acme")).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void takesTheLongerTimeOfTypeAndTenant() {
    assertThat(policy.keep("loan", "acme")).isEqualTo(Duration.ofDays(3_650));
    assertThat(policy.keep("other", "acme")).isEqualTo(Duration.ofDays(30));
    assertThat(policy.keep("ping", "other")).isEqualTo(Duration.ofDays(1));
    assertThat(policy.keep("court", "acme")).as("for ever").isZero();
  }

  @Test
  void takesTheCommonTimeForAllOthers() {
    assertThat(policy.keep("other", "other")).isEqualTo(COMMON);
  }

  @Test
  void hasATimeForEachWayToGo() {
    assertThat(policy.times())
        .containsExactly(
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(30),
            COMMON,
            Duration.ofDays(3_650));
    assertThat(new RetentionPolicy(Duration.ZERO, Map.of()).times()).isEmpty();
  }

  @Test
  void isTheSameTextUnderOtherNamesOnly() {
    Rule rule = new Rule("loan", null, Duration.ofDays(1));
    String text = new RetentionPolicy(COMMON, Map.of("a", rule)).toString();

    assertThat(new RetentionPolicy(COMMON, Map.of("b", rule))).hasToString(text);
    assertThat(new RetentionPolicy(COMMON, Map.of("a", new Rule(null, "loan", Duration.ofDays(1)))))
        .doesNotHaveToString(text);
    assertThat(new RetentionPolicy(Duration.ZERO, Map.of("a", rule))).doesNotHaveToString(text);
  }

  @Test
  void refusesRulesThatSayNothingOrTheSame() {
    assertThatThrownBy(
            () -> new RetentionPolicy(COMMON, Map.of("all", new Rule(null, null, COMMON))))
        .hasMessageContaining("rules.all names neither type nor tenant");
    assertThatThrownBy(
            () ->
                new RetentionPolicy(
                    COMMON,
                    Map.of(
                        "a", new Rule("loan", null, COMMON), "b", new Rule("loan", null, COMMON))))
        .hasMessageContaining("rules.b is for what another rule is for");
  }
}
