package io.millrace.simulation.kernel;

import java.util.ArrayList;
import java.util.List;

/** What happened, line by line. */
public final class History {

  private final List<String> lines = new ArrayList<>();

  void add(long nanos, String who, String what) {
    lines.add("%9.3f s  %-24s %s".formatted(nanos / 1e9, who, what));
  }

  /** The lines, the first one first. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
