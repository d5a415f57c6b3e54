package io.millrace.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of all meters, {@code ops/metrics.md}, for tests that compare it with the code. */
public final class MetersTable {

  private static final Path FILE = Path.of("../ops/metrics.md"); // of a module's folder
  private static final String SECTION = "## ";
  private static final String ROW = "| `millrace.";
  private static final int CELLS = 8; // six and what is beside the outer lines

  private MetersTable() {}

  /**
   * A line, as far as it can be compared.
   *
   * @param type such as {@code counter}
   * @param tags their names
   */
  public record Row(
      String section, String meter, String inPrometheus, String type, Set<String> tags) {}

  /**
   * All rows.
   *
   * @throws IllegalStateException if a meter has two, or a row is not as the others are
   */
  public static List<Row> rows() {
    List<Row> rows = rows(read());
    rows.stream()
        .collect(Collectors.groupingBy(Row::meter, Collectors.counting()))
        .forEach(
            (meter, times) -> {
              if (times > 1) {
                throw new IllegalStateException("%s has two rows for %s".formatted(FILE, meter));
              }
            });
    return rows;
  }

  /**
   * The meters whose names begin with one of these and a point, or are that.
   *
   * @throws IllegalStateException as {@link #rows}
   */
  public static Set<String> names(String... prefixes) {
    return rows().stream()
        .map(Row::meter)
        .filter(
            meter ->
                Arrays.stream(prefixes)
                    .anyMatch(prefix -> meter.equals(prefix) || meter.startsWith(prefix + ".")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> read() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException("the table of meters cannot be read", e);
    }
  }

  private static List<Row> rows(List<String> lines) {
    List<Row> rows = new ArrayList<>();
    String section = "";
    for (String line : lines) {
      if (line.startsWith(SECTION)) {
        section = line.substring(SECTION.length());
      }
      if (line.startsWith(ROW)) {
        rows.add(row(section, line));
      }
    }
    return rows;
  }

  private static Row row(String section, String line) {
    String[] cells = line.split("\\s*\\|\\s*", -1);
    if (cells.length != CELLS) {
      throw new IllegalStateException("not a row of six cells: " + line);
    }
    Set<String> tags =
        cells[4].equals("none")
            ? Set.of()
            : Arrays.stream(cells[4].split(",\\s*"))
                .map(MetersTable::unquoted)
                .collect(Collectors.toCollection(TreeSet::new));
    return new Row(section, unquoted(cells[1]), unquoted(cells[2]), cells[3], tags);
  }

  private static String unquoted(String cell) {
    if (cell.length() < 2 || !cell.startsWith("`") || !cell.endsWith("`")) {
      throw new IllegalStateException("no name between ` and `: " + cell);
    }
    return cell.substring(1, cell.length() - 1);
  }
}
