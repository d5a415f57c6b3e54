package io.millrace.admin.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StrictJsonTest {

  private static final Duration SOME_TIME = Duration.ofSeconds(20);

  private final JsonMapper json =
      StrictJson.mapper(
          new BodyProperties(DataSize.ofKilobytes(100), 64, DataSize.ofKilobytes(10), SOME_TIME),
          Stream.empty());

  record Wish(String job, int count, Kind kind) {}

  enum Kind {
    ONE,
    OTHER
  }

  @Test
  void readsWhatIsExpected() {
    assertThat(json.readValue("{\"job\":\"a\",\"count\":1,\"kind\":\"ONE\"}", Wish.class))
        .isEqualTo(new Wish("a", 1, Kind.ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"job\":\"a\",\"count\":1,\"more\":1}",
        "{\"job\":\"a\",\"job\":\"b\",\"count\":1}",
        "{\"job\":\"a\",\"count\":1.5}",
        "{\"job\":\"a\",\"count\":null}",
        "{\"job\":\"a\",\"count\":1,\"kind\":0}",
        "{\"job\":\"a\",\"count\":1,\"kind\":\"THIRD\"}",
        "{\"job\":\"a\",\"count\":1} {}",
        "{\"job\":\"a\",\"count\":99999999999}",
        "{'job':'a'}",
        "{\"job\":NaN}",
        "{\"job\":\"a\",}"
      })
  void refusesWhatIsNot(String body) {
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> json.readValue(body, Wish.class));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 1_000, 40_000})
  void refusesWhatIsNestedTooDeeply(int depth) {
    assertThatExceptionOfType(StreamConstraintsException.class)
        .isThrownBy(() -> json.readValue("[".repeat(depth) + "]".repeat(depth), JsonNode.class));
  }

  @Test
  void refusesPartsThatAreTooLong() {
    assertThatExceptionOfType(StreamConstraintsException.class)
        .isThrownBy(() -> json.readValue('"' + "x".repeat(11_000) + '"', JsonNode.class));
    assertThatExceptionOfType(StreamConstraintsException.class)
        .isThrownBy(() -> json.readValue("1".repeat(101), JsonNode.class));
    assertThatExceptionOfType(StreamConstraintsException.class)
        .isThrownBy(() -> json.readValue("{\"" + "n".repeat(2_000) + "\":1}", JsonNode.class));
  }

  @Test
  void hasBounds() {
    DataSize size = DataSize.ofMegabytes(2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BodyProperties(DataSize.ofBytes(1), 64, size, SOME_TIME))
        .withMessageContaining("millrace.api.body.max-size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BodyProperties(size, 501, size, SOME_TIME))
        .withMessageContaining("millrace.api.body.max-depth is 501");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BodyProperties(size, 64, size, Duration.ZERO))
        .withMessageContaining("millrace.api.body.time-limit");
  }
}
