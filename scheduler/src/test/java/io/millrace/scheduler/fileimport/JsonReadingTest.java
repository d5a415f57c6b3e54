package io.millrace.scheduler.fileimport;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.Lane;
import io.millrace.scheduler.fileimport.FileImportProperties.Jobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadingTest {

  private final JsonReading named = reading("id", "who");
  private final JsonReading plain = reading("", "");

  @Test
  void takesALineAsItIs() throws Exception {
    String line = "{ \"n\": 1.00, \"id\":\"a\\u00e9\", \"deep\":{\"id\":[1,{}]}, \"who\":17 }";

    LineReading.Content content = named.read((" \t" + line + "\r ").getBytes(UTF_8));

    assertThat(content.payload()).asString(UTF_8).isEqualTo(line);
    assertThat(content.id()).isEqualTo("a\u00e9");
    assertThat(content.subject()).isEqualTo("17");
  }

  @Test
  void takesAnyJsonWhereNoMemberIsNamed() throws Exception {
    for (String line : new String[] {"1", "[1,2]", "\"x\"", "null", "{}", "{\"id\":{}}"}) {
      assertThat(plain.read(line.getBytes(UTF_8)).payload()).asString(UTF_8).isEqualTo(line);
    }
  }

  @Test
  void needsNoSubject() throws Exception {
    assertThat(named.read("{\"id\":1}".getBytes(UTF_8)).subject()).isNull();
    assertThat(named.read("{\"id\":1,\"who\":null}".getBytes(UTF_8)).subject()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{", "{]", "{\"id\":1}}", "{\"id\":1} x", "{\"id\":1}{\"id\":2}", "{'id':1}", "{\"id\":01}",
            "{\"id\":1,}",
        "[1", "nul", "{\"id\":\"a\tb\"}", "\0{\"id\":1}", "// c", "{\"id\":NaN}", "{\"id\" 1}",
            "\uFEFF{\"id\":1}",
      })
  void rejectsWhatIsNotJson(String line) {
    for (JsonReading reading : new JsonReading[] {named, plain}) {
      assertThatThrownBy(() -> reading.read(line.getBytes(UTF_8)))
          .isInstanceOf(RejectedLineException.class)
          .hasMessageMatching(
              "(?s)(the line is not JSON: .*|something follows the JSON|the line is no JSON object)");
    }
  }

  @Test
  void rejectsWhatNamesNoId() {
    assertRejected("{}", "there is no member 'id'");
    assertRejected("{\"id\":null}", "there is no member 'id'");
    assertRejected("{\"x\":{\"id\":1}}", "there is no member 'id'");
    assertRejected("[1]", "the line is no JSON object");
    assertRejected("{\"id\":1.5}", "the member 'id' is neither a string nor a whole number");
    assertRejected("{\"id\":[1]}", "the member 'id' is neither a string nor a whole number");
    assertRejected("{\"id\":1,\"id\":1}", "there are two members 'id'");
  }

  @Test
  void rejectsOtherEncodingsAndWhatIsTooDeep() {
    assertThatThrownBy(() -> plain.read("{\"\u00fc\":1}".getBytes(UTF_16LE)))
        .isInstanceOf(RejectedLineException.class);
    assertThatThrownBy(() -> plain.read(new byte[] {(byte) 0xFF, (byte) 0xFE, 0}))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("the line is not UTF-8, from its byte 1 on");
    assertThatThrownBy(() -> plain.read("[".repeat(100_000).getBytes(UTF_8)))
        .isInstanceOf(RejectedLineException.class)
        .hasMessageContaining("depth");
  }

  private void assertRejected(String line, String reason) {
    assertThatThrownBy(() -> named.read(line.getBytes(UTF_8)))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage(reason);
  }

  private static JsonReading reading(String id, String subject) {
    return new JsonReading(new Jobs("acme", "a.b", id, subject, Lane.NORMAL, ""));
  }
}
