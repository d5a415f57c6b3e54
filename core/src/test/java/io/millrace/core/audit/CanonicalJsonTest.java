package io.millrace.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"b\":1,\"a\":[true,null]}     | {\"a\": [true, null], \"b\": 1}",
        "{\"aa\":1,\"b\":{\"z\":0,\"y\":0}} | {\"b\": {\"y\": 0, \"z\": 0}, \"aa\": 1}",
        "1.50                            | 1.5",
        "1e3                             | 1000",
        "-0.0                            | 0",
        "12345678901234567890.123        | 12345678901234567890.1230",
        "\"\\u00e9\\u0022\"              | \"é\\\"\"",
      })
  void givesTheSameTextForTheSameJson(String one, String other) {
    assertThat(CanonicalJson.of(one)).isEqualTo(CanonicalJson.of(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1 | \"1\"", "[1,2] | [2,1]", "{} | []", "null | {}"})
  void tellsWhatIsNotTheSame(String one, String other) {
    assertThat(CanonicalJson.of(one)).isNotEqualTo(CanonicalJson.of(other));
  }

  @Test
  void knowsNothingOfNothing() {
    assertThat(CanonicalJson.of(null)).isNull();
  }
}
