package io.millrace.standalone.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of texts in columns that are as wide as they have to be. */
final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    rows.add(List.of(head));
  }

  /** Adds a row, of as many cells as the head has. Whatever controls a terminal becomes a blank. */
  Table add(String... cells) {
    rows.add(List.of(cells).stream().map(Table::plain).toList());
    return this;
  }

  /** The lines, without one that is empty at the end. */
  String text() {
    List<Integer> widths =
        IntStream.range(0, rows.getFirst().size()).mapToObj(this::width).toList();
    return rows.stream()
        .map(row -> line(row, widths))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** The text without whatever controls a terminal. */
  static String plain(String text) {
    return text.codePoints()
        .map(character -> Character.isISOControl(character) ? ' ' : character)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).repeat(' ', widths.get(column) - cell.length()).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
