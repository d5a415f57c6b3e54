package io.millrace.standalone.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Jobs as the API lists them, a line each, for people. */
final class JobsTable {

  private static final List<String> HEAD =
      List.of("id", "type", "state", "due", "attempt", "message");
  private static final String GAP = "  ";

  private JobsTable() {}

  static String of(List<JsonNode> jobs, Instant now) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    for (JsonNode job : jobs) {
      rows.add(row(job, now));
    }
    List<Integer> widths =
        IntStream.range(0, HEAD.size()).mapToObj(column -> width(rows, column)).toList();
    return rows.stream()
        .map(row -> line(row, widths))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static List<String> row(JsonNode job, Instant now) {
    return List.of(
        text(job, "id"),
        text(job, "type"),
        state(job),
        due(job, now),
        text(job, "attempt"),
        text(job, "messageId"));
  }

  private static String state(JsonNode job) {
    String state = text(job, "state");
    if (job.has("waitReason")) {
      return state + " for " + text(job, "waitReason");
    }
    return job.has("failure") ? state + ": " + text(job.path("failure"), "kind") : state;
  }

  private static String due(JsonNode job, Instant now) {
    if (!job.has("dueAt")) {
      return "-";
    }
    if (text(job, "waitReason").equals("CONCURRENCY")) {
      return "in turn";
    }
    Duration left = Duration.between(now, Instant.parse(text(job, "dueAt")));
    return left.isPositive() ? "in " + rounded(left) : "now";
  }

  /** To what is of interest: seconds in the last minute, no minutes once there are days. */
  private static String rounded(Duration left) {
    if (left.toMinutes() == 0) {
      return "%d s".formatted(left.toSeconds());
    }
    if (left.toHours() == 0) {
      return "%d min".formatted(left.toMinutes());
    }
    if (left.toDays() == 0) {
      return "%d h %d min".formatted(left.toHours(), left.toMinutesPart());
    }
    return "%d d %d h".formatted(left.toDays(), left.toHoursPart());
  }

  private static int width(List<List<String>> rows, int column) {
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

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
