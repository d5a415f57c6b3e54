package io.millrace.scheduler.fileimport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.PermanentBatchFailure;
import io.millrace.client.contract.Lane;
import io.millrace.scheduler.fileimport.FileImportProperties.Csv;
import io.millrace.scheduler.fileimport.FileImportProperties.Jobs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest {

  private static final Csv COMMA = new Csv(",", List.of(), List.of("amount"), false);
  private static final Jobs JOBS = new Jobs("acme", "a.b", "id", "person", Lane.NORMAL, "");
  private static final List<String> COLUMNS = List.of("id", "person", "amount", "note");

  private final CsvReading reading = new CsvReading(COLUMNS, COMMA, JOBS);

  @Test
  void makesAnObjectOfARecord() throws Exception {
    LineReading.Content content = read("1,Ann,2.50,\"said \"\"no, never\"\"\"");

    assertThat(content.payload())
        .asString(UTF_8)
        .isEqualTo(
            "{\"id\":\"1\",\"person\":\"Ann\",\"amount\":2.50,\"note\":\"said \\\"no, never\\\"\"}");
    assertThat(content.id()).isEqualTo("1");
    assertThat(content.subject()).isEqualTo("Ann");
  }

  @Test
  void leavesOutWhatIsEmpty() throws Exception {
    LineReading.Content content = read("1,,,\"\"");

    assertThat(content.payload()).asString(UTF_8).isEqualTo("{\"id\":\"1\"}");
    assertThat(content.subject()).isNull();
  }

  @Test
  void keepsWhatStandsThere() throws Exception {
    assertThat(read(" 1 ,\u00c5sa \uD83D\uDE00,-0.0e+10,\"a\r\nb\tc\"").payload())
        .asString(UTF_8)
        .isEqualTo(
            "{\"id\":\" 1 \",\"person\":\"\u00c5sa \uD83D\uDE00\",\"amount\":-0.0e+10,\"note\":\"a\\r\\nb\\tc\"}");
  }

  @Test
  void takesAnySeparator() throws Exception {
    CsvReading semicolons =
        new CsvReading(COLUMNS, new Csv(";", List.of(), List.of(), false), JOBS);

    assertThat(semicolons.read("1;\"A;B\";2,5;x".getBytes(UTF_8)).payload())
        .asString(UTF_8)
        .isEqualTo("{\"id\":\"1\",\"person\":\"A;B\",\"amount\":\"2,5\",\"note\":\"x\"}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "1,2,3 | the line has 3 fields, not 4",
        "1,2,3,4,5 | the line has 5 fields, not 4",
        "1 | the line has 1 fields, not 4",
        "1,2,3,a\"b | field 4 has a quote in it, but does not begin with one",
        "1,\"2,3,4 | the quotes of field 2 are not closed",
        "1,\"2\"x,3,4 | something follows the closing quote of field 2",
        ",2,3,4 | the column 'id' is empty",
      })
  void rejectsWhatIsNoRecordOfTheseColumns(String line, String reason) {
    assertRejected(line, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1,5",
        "01",
        "+1",
        ".5",
        "1.",
        "0x1",
        "NaN",
        "1e",
        "--1",
        " 1",
        "1e9999999999"
      })
  void rejectsNumbersThatJsonDoesNotKnow(String number) {
    assertRejected(
        "1,2,\"%s\",4".formatted(number), "the column 'amount' is no number as JSON writes them");
  }

  @Test
  void rejectsGarbage() {
    assertRejected("1,2,3,a\0b", "the column 'note' has the control character U+0000");
    assertRejected("1,2,3,a\rb\u0085", "the column 'note' has the control character U+0085");
    assertThatThrownBy(() -> reading.read("1,M\u00fcller,3,4".getBytes(ISO_8859_1)))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("the line is not UTF-8, from its byte 4 on");
    assertThatThrownBy(
            () -> reading.read(new byte[] {'1', ',', (byte) 0xED, (byte) 0xA0, (byte) 0x80}))
        .isInstanceOf(RejectedLineException.class) // half of a surrogate pair
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void refusesColumnsThatCannotBe() {
    assertRefused(List.of("id", "person", "amount", "id"), "each another one");
    assertRefused(List.of("id", "person", "amount", " "), "need names");
    assertRefused(List.of("ID", "person", "amount"), "there is no column 'id'");
    assertRefused(List.of("id", "person"), "there is no column 'amount'");
    assertRefused(List.of("id", "amount"), "there is no column 'person'");
  }

  private static void assertRefused(List<String> columns, String says) {
    assertThatThrownBy(() -> new CsvReading(columns, COMMA, JOBS))
        .isInstanceOf(PermanentBatchFailure.class)
        .hasMessageContaining(says);
  }

  private void assertRejected(String line, String reason) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage(reason);
  }

  private LineReading.Content read(String line) throws RejectedLineException {
    return reading.read(line.getBytes(UTF_8));
  }
}
