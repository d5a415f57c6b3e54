package io.millrace.standalone.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A batch run as the API shows it, with its parts, for people. */
final class BatchRunText {

  private static final int LONGEST_ITEM = 60;

  private BatchRunText() {}

  /**
   * The run.
   *
   * @param skipped the first items that it has left out
   */
  static String of(JsonNode run, JsonNode skipped) {
    List<String> parts = new ArrayList<>(List.of(head(run)));
    if (!run.path("partitions").isEmpty()) {
      parts.add(partitions(run.path("partitions")));
    }
    if (!skipped.isEmpty()) {
      parts.add(skipped(skipped, run.path("progress").path("skipped").asLong()));
    }
    if (!run.path("totals").isEmpty()) {
      parts.add(totals(run.path("totals")));
    }
    return String.join(System.lineSeparator().repeat(2), parts);
  }

  private static String head(JsonNode run) {
    List<String> lines = new ArrayList<>();
    add(lines, "run", BatchFigures.text(run, "id"));
    add(lines, "job", BatchFigures.text(run, "job"));
    if (!run.path("parameters").isEmpty()) {
      add(lines, "with", BatchFigures.parameters(run));
    }
    add(lines, "state", state(run));
    addIfPresent(lines, run, "why", "message");
    add(
        lines,
        "requested",
        BatchFigures.text(run, "requestedAt") + " by " + BatchFigures.text(run, "requestedBy"));
    addIfPresent(lines, run, "due", "dueAt");
    addIfPresent(lines, run, "begun", "startedAt");
    if (run.has("endedAt")) {
      add(lines, "ended", BatchFigures.text(run, "endedAt") + after(run));
    }
    if (run.has("scheduler")) {
      add(lines, "scheduler", scheduler(run));
    }
    add(lines, "items", BatchProgressText.of(run.path("progress")));
    return String.join(System.lineSeparator(), lines);
  }

  private static String state(JsonNode run) {
    String state = BatchFigures.text(run, "state");
    int begun = run.path("begun").asInt();
    return state
        + (run.path("stopRequested").asBoolean() ? ", stops at the end of the chunk" : "")
        + (begun > 1 ? ", begun %d times".formatted(begun) : "");
  }

  private static String after(JsonNode run) {
    return run.has("startedAt")
        ? " (after %s)"
            .formatted(BatchFigures.duration(BatchFigures.between(run, "startedAt", "endedAt")))
        : "";
  }

  private static String partitions(JsonNode partitions) {
    Table table =
        new Table("step", "partition", "state", "items", "skipped", "pace", "time", "scheduler");
    for (JsonNode partition : partitions) {
      table.add(
          BatchFigures.text(partition, "step"),
          BatchFigures.text(partition, "name"),
          stateOf(partition),
          items(partition),
          BatchFigures.count(partition, "skipped"),
          BatchFigures.pace(partition.path("perSecond").asDouble()),
          time(partition),
          scheduler(partition));
    }
    List<String> lines = new ArrayList<>(List.of(table.text()));
    for (JsonNode partition : partitions) {
      if (partition.has("message")) {
        lines.add(
            "%s %s: %s"
                .formatted(
                    BatchFigures.text(partition, "step"),
                    BatchFigures.text(partition, "name"),
                    BatchFigures.text(partition, "message")));
      }
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String stateOf(JsonNode partition) {
    return switch (BatchFigures.text(partition, "state")) {
      case "ENDED" -> BatchFigures.text(partition, "status");
      case "VOID" -> "UNFINISHED";
      case String state when partition.path("straggler").asBoolean() -> state + ", SLOW";
      case String state -> state;
    };
  }

  private static String items(JsonNode partition) {
    return BatchFigures.text(partition, "status").equals("COMPLETED")
        ? BatchFigures.count(partition, "done")
        : BatchFigures.share(partition);
  }

  /** Process and host, without what makes the name unique for ever. */
  private static String scheduler(JsonNode node) {
    return node.has("scheduler")
        ? BatchFigures.text(node, "scheduler").replaceFirst("/.*", "")
        : "-";
  }

  private static String time(JsonNode partition) {
    if (partition.has("secondsLeft")) {
      return seconds(partition, "secondsLeft") + " left";
    }
    return partition.has("startedAt") ? seconds(partition, "seconds") : "-";
  }

  private static String seconds(JsonNode node, String field) {
    return BatchFigures.duration(Duration.ofSeconds(node.path(field).asLong()));
  }

  private static String skipped(JsonNode skipped, long all) {
    Table table = new Table("left out of", "partition", "item", "reason");
    for (JsonNode item : skipped) {
      table.add(
          BatchFigures.text(item, "step"),
          BatchFigures.text(item, "partition"),
          cut(BatchFigures.text(item, "item")),
          BatchFigures.text(item, "reason"));
    }
    long more = all - skipped.size();
    return more <= 0
        ? table.text()
        : table.text()
            + System.lineSeparator()
            + String.format(Locale.ROOT, "... and %,d more: --json prints them", more);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_ITEM ? text : text.substring(0, LONGEST_ITEM - 1) + "…";
  }

  private static String totals(JsonNode totals) {
    Table table = new Table("total", "expected", "actual", "");
    for (JsonNode total : totals) {
      table.add(
          BatchFigures.text(total, "name"),
          BatchFigures.text(total, "expected"),
          BatchFigures.text(total, "actual"),
          total.path("matches").asBoolean() ? "matches" : "DIFFERS");
    }
    return table.text();
  }

  private static void addIfPresent(List<String> lines, JsonNode run, String label, String field) {
    if (run.has(field)) {
      add(lines, label, BatchFigures.text(run, field));
    }
  }

  private static void add(List<String> lines, String label, String value) {
    lines.add(String.format(Locale.ROOT, "%-9s %s", label, value));
  }
}
