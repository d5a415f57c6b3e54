package io.millrace.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.admin.http.ApiProperties.Cors;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ApiPropertiesTest {

  private static final Duration SOME_TIME = Duration.ofSeconds(10);
  private static final DataSize SOME_SIZE = DataSize.ofKilobytes(2);

  @Test
  void takesOrigins() {
    List<String> origins = List.of("https://ops.example.com", "http://127.0.0.1:8080");

    assertThat(new Cors(origins).origins()).isEqualTo(origins);
    assertThat(new Cors(List.of()).origins()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "https://*.example.com",
        "ops.example.com",
        "https://ops.example.com/",
        "https://ops.example.com?x",
        "null",
        ""
      })
  void refusesWhatIsNoOrigin(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cors(List.of(origin)))
        .withMessageContaining("millrace.api.cors.origins must be origins");
  }

  @Test
  void hasBounds() {
    Cors none = new Cors(List.of());

    assertThat(new ApiProperties(none, SOME_TIME, 100, SOME_SIZE).readTimeout())
        .isEqualTo(SOME_TIME);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiProperties(none, Duration.ofMillis(99), 100, SOME_SIZE))
        .withMessageContaining("millrace.api.read-timeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiProperties(none, SOME_TIME, 0, SOME_SIZE))
        .withMessageContaining("millrace.api.concurrency");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiProperties(none, SOME_TIME, 100, DataSize.ofBytes(255)))
        .withMessageContaining("millrace.api.compress-from");
  }
}
