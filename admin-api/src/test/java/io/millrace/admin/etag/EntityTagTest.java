package io.millrace.admin.etag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.millrace.admin.problem.ApiProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

  private static final EntityTag TAG = EntityTag.of("RUNNING", 1, null);

  @Test
  void isAnotherOneOnceAnythingIs() {
    assertThat(EntityTag.of("RUNNING", 1, null)).isEqualTo(TAG);
    assertThat(EntityTag.of("RUNNING", 2, null)).isNotEqualTo(TAG);
    assertThat(EntityTag.of("RUNNING", 1, 0)).isNotEqualTo(TAG);
    assertThat(TAG.value()).matches("\"[A-Za-z0-9_-]{16}\"");
  }

  @Test
  void letsPassWhoHasSeenItOrDoesNotSay() {
    assertThatNoException().isThrownBy(() -> TAG.require(null));
    assertThatNoException().isThrownBy(() -> TAG.require("*"));
    assertThatNoException().isThrownBy(() -> TAG.require(TAG.value()));
    assertThatNoException().isThrownBy(() -> TAG.require("\"other\", " + TAG.value()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"other\"", "", "garbage", "W/\"x\""})
  void refusesWhoHasSeenAnother(String seen) {
    assertThatExceptionOfType(ApiProblem.class)
        .isThrownBy(() -> TAG.require(seen))
        .satisfies(problem -> assertThat(problem.getStatusCode().value()).isEqualTo(412));
    assertThatExceptionOfType(ApiProblem.class).isThrownBy(() -> TAG.require("W/" + TAG.value()));
  }
}
