package io.millrace.standalone.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares what the results in PostgreSQL add up to with what the book of loans must come to.
 *
 * @param recorded the sum of all recorded instalments of each currency
 * @param expected the same, computed without the engine
 */
record Audit(SortedMap<String, BigDecimal> recorded, SortedMap<String, BigDecimal> expected) {

  boolean matches() {
    return differences().isEmpty();
  }

  /** One line for each currency, the last line says the verdict. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String currency : currencies()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s %,22.2f recorded %,22.2f expected%s",
              currency,
              of(recorded, currency),
              of(expected, currency),
              differences().contains(currency) ? "  DIFFERS" : ""));
    }
    lines.add(verdict());
    return List.copyOf(lines);
  }

  /** The verdict in words. */
  String verdict() {
    return matches()
        ? "control total: matches in all %d currencies".formatted(currencies().size())
        : "control total: DOES NOT MATCH in " + String.join(", ", differences());
  }

  private List<String> differences() {
    return currencies().stream()
        .filter(currency -> of(recorded, currency).compareTo(of(expected, currency)) != 0)
        .toList();
  }

  private SortedSet<String> currencies() {
    SortedSet<String> currencies = new TreeSet<>(recorded.keySet());
    currencies.addAll(expected.keySet());
    return currencies;
  }

  private static BigDecimal of(SortedMap<String, BigDecimal> totals, String currency) {
    return totals.getOrDefault(currency, BigDecimal.ZERO);
  }
}
