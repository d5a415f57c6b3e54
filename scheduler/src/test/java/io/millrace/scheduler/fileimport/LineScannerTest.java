package io.millrace.scheduler.fileimport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineScannerTest {

  private static final int MAX = 1_000;
  private static final int NO_QUOTES = -1;

  @TempDir private Path folder;

  @Test
  void endsLinesWithLineFeedOrBothOrTheFile() throws IOException {
    assertThat(texts("one\ntwo\r\nthree", NO_QUOTES)).containsExactly("one", "two", "three");
    assertThat(texts("one\n", NO_QUOTES)).containsExactly("one");
    assertThat(texts("one\r", NO_QUOTES)).containsExactly("one");
    assertThat(texts("", NO_QUOTES)).isEmpty();
  }

  @Test
  void passesOverLinesOfWhiteSpaceAndCountsThem() throws IOException {
    List<Line> lines = lines("\n\r\n  \t\none\n\n\ntwo\n \n", NO_QUOTES);

    assertThat(lines).containsExactly(new Line(4, 7, 3, null), new Line(7, 13, 3, null));
  }

  @Test
  void keepsACarriageReturnThatEndsNothing() throws IOException {
    assertThat(texts("a\rb\nc", NO_QUOTES)).containsExactly("a\rb", "c");
  }

  @Test
  void findsLinesLongerThanItsBufferAndRefusesThoseThatAreTooLong() throws IOException {
    String longLine = "x".repeat(700_000);

    List<Line> lines = lines("a\n" + longLine + "\nb", NO_QUOTES, 600_000);

    assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L);
    assertThat(lines.get(1).length()).isEqualTo(700_000);
    assertThat(lines.get(1).fault()).isEqualTo("the line has 700000 bytes, 600000 are allowed");
    assertThat(lines.get(2)).isEqualTo(new Line(3, 700_003, 1, null));
    assertThat(lines("a\n" + longLine + "\nb", NO_QUOTES, 700_000))
        .allSatisfy(line -> assertThat(line.fault()).isNull());
  }

  @Test
  void readsGarbageAsLinesLikeOthers() throws IOException {
    byte[] garbage = new byte[2_000_000];
    new Random(7).nextBytes(garbage);
    Path file = Files.write(folder.resolve("garbage"), garbage);

    for (int separator : new int[] {NO_QUOTES, ','}) {
      long end = 0;
      long number = 0;
      for (Line line : lines(file, separator, MAX)) {
        assertThat(line.at()).isGreaterThanOrEqualTo(end);
        assertThat(line.number()).isGreaterThan(number);
        end = line.at() + line.length();
        number = line.number();
      }
      assertThat(end).isBetween(garbage.length - 2L, (long) garbage.length);
    }
  }

  @Test
  void goesOnWithARecordWhoseQuotesAreOpen() throws IOException {
    assertThat(texts("a,\"b\nc\"\nd,\"e\r\n\r\n\"\"f\"\"\"\r\ng", ','))
        .containsExactly("a,\"b\nc\"", "d,\"e\r\n\r\n\"\"f\"\"\"", "g");
    assertThat(lines("a,\"b\nc\"\nd", ',')).extracting(Line::number).containsExactly(1L, 3L);
  }

  @Test
  void heedsQuotesOnlyWhereAFieldBegins() throws IOException {
    assertThat(texts("5\" pipe\n6\" pipe\n", ',')).containsExactly("5\" pipe", "6\" pipe");
    assertThat(texts("a;\"b\nc\"", ';')).containsExactly("a;\"b\nc\"");
    assertThat(texts("a;\"b\nc\"", ',')).containsExactly("a;\"b", "c\"");
  }

  @Test
  void aQuoteThatIsNotClosedCostsOneLine() throws IOException {
    List<Line> lines = lines("a,\"b\nc\nd\n", ',');

    assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L);
    assertThat(lines.getFirst().fault()).contains("not closed");
    assertThat(lines.getFirst().length()).isEqualTo(4);
    assertThat(lines.subList(1, 3)).allSatisfy(line -> assertThat(line.fault()).isNull());
  }

  @Test
  void somethingBehindAClosingQuoteCostsOneLine() throws IOException {
    List<Line> lines = lines("a,\"b\nc,\"d\ne\n", ',');

    assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L);
    assertThat(lines.get(0).fault()).isNotNull();
    assertThat(lines.get(1).fault()).isNotNull();
    assertThat(lines.get(2).fault()).isNull();
  }

  @Test
  void aRecordOfTooManyLinesOrBytesCostsItsFirstLine() throws IOException {
    String many = "\"" + "x\n".repeat(LineScanner.MOST_LINES) + "\"\nlast\n";
    String few = "\"" + "x\n".repeat(LineScanner.MOST_LINES - 1) + "\"\nlast\n";
    String large = "\"" + ("y".repeat(100) + "\n").repeat(20) + "\"\nlast\n";

    assertThat(lines(few, ',')).hasSize(2);
    assertThat(lines(many, ',').getFirst())
        .isEqualTo(
            new Line(
                1, 0, 2, "a quoted field is not closed, or something follows its closing quote"));
    assertThat(lines(many, ',').get(1)).isEqualTo(new Line(2, 3, 1, null));
    assertThat(lines(large, ',').getFirst().length()).isEqualTo(101);
  }

  @Test
  void tellsALineThatIsTooLongFromAQuoteThatIsNotClosed() throws IOException {
    List<Line> lines = lines("\"" + "z".repeat(2 * MAX) + "\nnext", ',');

    assertThat(lines.getFirst().fault()).contains("bytes");
    assertThat(lines.get(1).number()).isEqualTo(2);
  }

  /** From wherever it stood before, it reads what it would have read. */
  @Test
  void goesOnWhereItWas() throws IOException {
    long seed = 42;
    Random random = new Random(seed);
    String alphabet = "ab,\"\n\r \u00e9";
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Path file = Files.writeString(folder.resolve("random"), text);
      int separator = random.nextBoolean() ? ',' : NO_QUOTES;
      List<Line> all = lines(file, separator, 60);
      List<Line> inParts = new ArrayList<>();
      try (FileChannel channel = FileChannel.open(file)) {
        LineScanner scanner = new LineScanner(channel, 0, 1, 60, separator);
        for (Line line = scanner.next(); line != null; line = scanner.next()) {
          inParts.add(line);
          scanner = new LineScanner(channel, scanner.at(), scanner.number(), 60, separator);
        }
      }
      assertThat(inParts).as("seed %d, round %d", seed, round).isEqualTo(all);
    }
  }

  private List<String> texts(String text, int separator) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    return lines(text, separator).stream()
        .map(
            line ->
                new String(
                    Arrays.copyOfRange(bytes, (int) line.at(), (int) (line.at() + line.length())),
                    UTF_8))
        .toList();
  }

  private List<Line> lines(String text, int separator) throws IOException {
    return lines(text, separator, MAX);
  }

  private List<Line> lines(String text, int separator, int max) throws IOException {
    return lines(Files.writeString(folder.resolve("file"), text), separator, max);
  }

  private static List<Line> lines(Path file, int separator, int max) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      LineScanner scanner = new LineScanner(channel, 0, 1, max, separator);
      for (Line line = scanner.next(); line != null; line = scanner.next()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
