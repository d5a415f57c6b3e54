package io.millrace.chaos.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What {@link HistoryChecker} found. */
public final class Verdict {

  private final Map<Fact, Long> facts = new EnumMap<>(Fact.class);
  private final Map<Violation, List<String>> violations = new EnumMap<>(Violation.class);

  Verdict() {}

  void add(Fact fact) {
    add(fact, 1);
  }

  void add(Fact fact, long more) {
    facts.merge(fact, more, Long::sum);
  }

  void accuse(Violation violation, String what) {
    violations.computeIfAbsent(violation, _ -> new ArrayList<>()).add(what);
  }

  public long count(Fact fact) {
    return facts.getOrDefault(fact, 0L);
  }

  /** What was found of a violation, a line for each case. */
  public List<String> cases(Violation violation) {
    return List.copyOf(violations.getOrDefault(violation, List.of()));
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return violations.isEmpty();
  }
}
