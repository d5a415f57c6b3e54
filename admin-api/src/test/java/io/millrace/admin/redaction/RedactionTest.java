package io.millrace.admin.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.admin.access.Caller;
import io.millrace.admin.redaction.RedactionProperties.Rule;
import io.millrace.client.contract.JobType;
import io.millrace.core.InvalidSettingException;
import io.millrace.core.access.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedactionTest {

  private static final JobType LOAN = new JobType("loan.amortize");
  private static final byte[] PAYLOAD = "{\"iban\":1, \"name\":2, \"rate\":0.10}".getBytes(UTF_8);

  private final Redaction redaction =
      new Redaction(
          new RedactionProperties(
              Map.of(
                  "loans", new Rule(List.of("loan.*"), List.of("$.name")),
                  "ibans", new Rule(List.of("loan.amortize", "mail.*"), List.of("$..iban")))));

  @Test
  void showsEverythingAsItCameToWhoeverMayReadIt() {
    Sight sight = redaction.sightOf(caller(true), LOAN);

    assertThat(sight.isWhole()).isTrue();
    assertThat(sight.json(PAYLOAD)).isEqualTo(new String(PAYLOAD, UTF_8));
    assertThat(sight.words("at x")).isEqualTo("at x");
  }

  @Test
  void hidesWhatAnyRuleOfTheTypeHides() {
    Sight sight = redaction.sightOf(caller(false), LOAN);

    assertThat(sight.isWhole()).isFalse();
    assertThat(sight.json(PAYLOAD)).isEqualTo("{\"iban\":\"***\",\"name\":\"***\",\"rate\":0.10}");
    assertThat(sight.json(null)).isNull();
    assertThat(sight.words("{\"status\":503}")).isNull();
  }

  @Test
  void hidesEverythingOfATypeWithoutARule() {
    Sight sight = redaction.sightOf(caller(false), new JobType("loan"));

    assertThat(sight.isWhole()).isFalse();
    assertThat(sight.json(PAYLOAD)).isNull();
    assertThat(sight.words("at x")).isNull();
  }

  @Test
  void refusesRulesThatWouldHideNothing() {
    assertRefused(new Rule(List.of("loan*"), List.of("$.a")), "'loan*' is no pattern");
    assertRefused(new Rule(List.of("loan.*"), List.of("name")), "'name' is no path");
    assertRefused(new Rule(List.of(), List.of("$.a")), "has no types or no paths");
    assertRefused(new Rule(List.of("loan.*"), List.of()), "has no types or no paths");
  }

  private static void assertRefused(Rule rule, String says) {
    assertThatThrownBy(() -> new RedactionProperties(Map.of("mine", rule)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("millrace.redaction.rules.mine")
        .hasMessageContaining(says);
  }

  private static Caller caller(boolean readsPayloads) {
    return new Caller("ann", Set.of(), Scope.WHOLE_SYSTEM, readsPayloads);
  }
}
