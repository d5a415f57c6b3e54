package io.millrace.admin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @ParameterizedTest
  @ValueSource(
      strings = {"ticket-17", "a", "2f0b6b0e-6a0b-4d3e-9d0f-0f6c1e2d3c4b", "Root=1-67891233-abc"})
  void takesANameThatIsSane(String sent) {
    assertThat(RequestId.taken(sent)).isEqualTo(sent);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\nb",
        "\u00e9",
        "<x>",
        "a\"b",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void makesOneInsteadOfWhatIsNot(@Nullable String sent) {
    assertThat(RequestId.taken(sent)).isNotEqualTo(sent).hasSize(36);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-" + TRACE + "-00f067aa0ba902b7-01",
        "00-" + TRACE + "-00f067aa0ba902b7-00",
        "01-" + TRACE + "-00f067aa0ba902b7-01-more"
      })
  void findsTheTrace(String header) {
    assertThat(TraceContext.traceId(header)).contains(TRACE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "ff-" + TRACE + "-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        TRACE
      })
  void findsNoneInAnythingElse(@Nullable String header) {
    assertThat(TraceContext.traceId(header)).isEmpty();
  }
}
