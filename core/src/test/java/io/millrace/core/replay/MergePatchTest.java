package io.millrace.core.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  /** The test cases of RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":"b"}         | {"a":"c"}                    | {"a":"c"}
          {"a":"b"}         | {"b":"c"}                    | {"a":"b","b":"c"}
          {"a":"b"}         | {"a":null}                   | {}
          {"a":"b","b":"c"} | {"a":null}                   | {"b":"c"}
          {"a":["b"]}       | {"a":"c"}                    | {"a":"c"}
          {"a":"c"}         | {"a":["b"]}                  | {"a":["b"]}
          {"a":{"b":"c"}}   | {"a":{"b":"d","c":null}}     | {"a":{"b":"d"}}
          {"a":[{"b":"c"}]} | {"a":[1]}                    | {"a":[1]}
          ["a","b"]         | ["c","d"]                    | ["c","d"]
          {"a":"b"}         | ["c"]                        | ["c"]
          {"a":"foo"}       | null                         | null
          {"a":"foo"}       | "bar"                        | "bar"
          {"e":null}        | {"a":1}                      | {"e":null,"a":1}
          [1,2]             | {"a":"b","c":null}           | {"a":"b"}
          {}                | {"a":{"bb":{"ccc":null}}}    | {"a":{"bb":{}}}
          """)
  void mergesAsTheStandardSays(String target, String patch, String result) {
    assertThat(merged(target, patch)).isEqualTo(result);
  }

  @Test
  void keepsTheDigitsAndTheOrderOfWhatItDoesNotTouch() {
    assertThat(
            merged(
                "{\"z\":250000.00,\"y\":12345678901234567890123,\"x\":0.1000,\"a\":1}",
                "{\"a\":2.50}"))
        .isEqualTo("{\"z\":250000.00,\"y\":12345678901234567890123,\"x\":0.1000,\"a\":2.50}");
  }

  private static String merged(String target, String patch) {
    return new String(new PayloadEdit.Merge(patch).apply(target.getBytes(UTF_8)), UTF_8);
  }
}
