package io.millrace.standalone.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What has become of a batch run that has ended, for people. */
public final class BatchEndText {

  private static final double NANOS = 1e9;

  private BatchEndText() {}

  /**
   * The end.
   *
   * @param option that has further commands speak of the same engine; empty if none has to
   */
  public static String of(JsonNode run, String option) {
    String state = BatchFigures.text(run, "state");
    List<String> lines = new ArrayList<>();
    lines.add(
        "run %s of %s %s %s: %s"
            .formatted(
                BatchFigures.shortId(run),
                BatchFigures.text(run, "job"),
                state.equals("ABANDONED") ? "was" : "has",
                state,
                figures(run)));
    if (run.has("message") && !state.equals("COMPLETED")) {
      lines.add("why: " + BatchFigures.text(run, "message"));
    }
    lines.addAll(totals(run.path("totals")));
    switch (state) {
      case "STOPPED", "FAILED" -> {
        lines.add(command("restart", run, option) + " goes on where it was");
        lines.add(command("show", run, option) + " says more");
      }
      default -> {}
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String figures(JsonNode run) {
    JsonNode progress = run.path("progress");
    List<String> said = new ArrayList<>();
    said.add(BatchFigures.count(progress, "done") + " items");
    if (run.has("startedAt")) {
      Duration took = BatchFigures.between(run, "startedAt", "endedAt");
      double seconds = Math.max(took.toNanos() / NANOS, 1e-3);
      said.set(0, said.getFirst() + " in " + BatchFigures.duration(took));
      said.add(BatchFigures.pace(progress.path("done").asLong() / seconds));
    }
    said.add(BatchFigures.count(progress, "skipped") + " skipped");
    return String.join(", ", said);
  }

  /** How many match, and those that do not. */
  private static List<String> totals(JsonNode totals) {
    List<String> lines = new ArrayList<>();
    for (JsonNode total : totals) {
      if (!total.path("matches").asBoolean()) {
        lines.add(
            "total %s is %s, expected %s"
                .formatted(
                    BatchFigures.text(total, "name"),
                    BatchFigures.text(total, "actual"),
                    BatchFigures.text(total, "expected")));
      }
    }
    if (!totals.isEmpty()) {
      lines.addFirst(
          "%d of %d control totals match".formatted(totals.size() - lines.size(), totals.size()));
    }
    return lines;
  }

  private static String command(String command, JsonNode run, String option) {
    return "./millrace batch %s %s%s".formatted(command, BatchFigures.shortId(run), option);
  }
}
