package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRulesTest {

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
  void triesAgainWhatMayPass(int status) {
    assertThat(StatusRules.STANDARD.isTransient(status)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 300, 302, 304, 400, 401, 403, 404, 409, 410, 422, 451})
  void givesUpWhatDoesNot(int status) {
    assertThat(StatusRules.STANDARD.isTransient(status)).isFalse();
  }

  @Test
  void heedsWhatIsKnownOfOneSystem() {
    StatusRules rules = new StatusRules(Set.of(409), Set.of(501));

    assertThat(rules.isTransient(409)).isTrue();
    assertThat(rules.isTransient(501)).isFalse();
    assertThat(rules.isTransient(404)).isFalse();
    assertThat(rules.isTransient(503)).isTrue();
    assertThatThrownBy(() -> new StatusRules(Set.of(409), Set.of(409)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
