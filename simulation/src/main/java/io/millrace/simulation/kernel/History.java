package io.millrace.simulation.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened, line by line. */
public final class History {

  private final List<String> lines = new ArrayList<>();

  void add(long nanos, String who, String what) {
    lines.add(String.format(Locale.ROOT, "%9.3f s  %-24s %s", nanos / 1e9, who, what));
  }

  /** The lines, the first one first. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
