package io.millrace.admin.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$.a               | {\"a\":1,\"b\":2}                    | {\"a\":\"***\",\"b\":2}",
        "$.a.b             | {\"a\":{\"b\":[1],\"c\":2}}          | {\"a\":{\"b\":\"***\",\"c\":2}}",
        "$..iban           | {\"iban\":1,\"x\":[{\"iban\":\"2\"}]} | {\"iban\":\"***\",\"x\":[{\"iban\":\"***\"}]}",
        "$.a[*].b          | {\"a\":[{\"b\":1},{\"b\":null}]}     | {\"a\":[{\"b\":\"***\"},{\"b\":\"***\"}]}",
        "$.a[?(@.p)].b     | {\"a\":[{\"b\":1},{\"b\":2,\"p\":3}]} | {\"a\":[{\"b\":1},{\"b\":\"***\",\"p\":3}]}",
        "$.*               | {\"a\":1,\"b\":{}}                   | {\"a\":\"***\",\"b\":\"***\"}",
        "$['a b']          | {\"a b\":1}                          | {\"a b\":\"***\"}",
        "$.missing.entirely| {\"a\":1}                            | {\"a\":1}",
        "$.a.b             | {\"a\":7}                            | {\"a\":7}",
        "$.a               | [1]                                  | [1]",
        "$.a               | 5                                    | 5",
      })
  void putsStarsWhereThePathLeads(String path, String json, String shown) {
    assertThat(Mask.of(List.of(path)).over(json.getBytes(UTF_8))).contains(shown);
  }

  @Test
  void keepsDigitsAndOrder() {
    assertThat(
            Mask.of(List.of("$.z"))
                .over("{\"z\":1,\"b\":0.10,\"a\":12345678901234567890123}".getBytes(UTF_8)))
        .contains("{\"z\":\"***\",\"b\":0.10,\"a\":12345678901234567890123}");
  }

  @Test
  void goesOnWhereOnePathLeadsNowhere() {
    assertThat(
            Mask.all(List.of(Mask.of(List.of("$.no.such", "$.a")), Mask.of(List.of("$.b"))))
                .over("{\"a\":1,\"b\":2}".getBytes(UTF_8)))
        .contains("{\"a\":\"***\",\"b\":\"***\"}");
  }

  @Test
  void showsNothingOfWhatItCannotRead() {
    assertThat(Mask.of(List.of("$.a")).over("{\"a\":1".getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$", "a", "$.", "$[", "$.a[?(", "/a/b"})
  void refusesWhatIsNoPath(String path) {
    assertThatThrownBy(() -> Mask.of(List.of(path))).isInstanceOf(IllegalArgumentException.class);
  }
}
