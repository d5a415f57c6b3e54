package io.millrace.chaos;

import io.millrace.chaos.fault.FaultKind;
import io.millrace.chaos.history.Fact;
import io.millrace.chaos.history.Verdict;
import io.millrace.chaos.history.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A verdict for people. */
final class VerdictTable {

  private static final int MOST_CASES = 10;
  private static final String ROW = "  %-46s %,10d";

  private final List<String> lines = new ArrayList<>();

  private VerdictTable() {}

  static List<String> of(
      Verdict verdict, List<FaultKind> kinds, Map<FaultKind, Integer> faults, Duration took) {
    VerdictTable table = new VerdictTable();
    table.lines.add("faults in %d:%02d min".formatted(took.toMinutes(), took.toSecondsPart()));
    for (FaultKind kind : kinds) {
      table.row(kind.words(), faults.getOrDefault(kind, 0));
    }
    table.lines.add("what happened");
    for (Fact fact : Fact.values()) {
      table.row(fact.words(), verdict.count(fact));
    }
    table.lines.add("what must not happen");
    for (Violation violation : Violation.values()) {
      table.violation(violation, verdict.cases(violation));
    }
    table.lines.add(verdict.isClean() ? "verdict: nothing is wrong" : "verdict: WRONG");
    return table.lines;
  }

  private void violation(Violation violation, List<String> cases) {
    row(violation.words(), cases.size());
    cases.stream().limit(MOST_CASES).forEach(each -> lines.add("      " + each));
    if (cases.size() > MOST_CASES) {
      lines.add("      and %d more".formatted(cases.size() - MOST_CASES));
    }
  }

  private void row(String words, long count) {
    lines.add(ROW.formatted(words, count));
  }
}
