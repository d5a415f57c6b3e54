package io.millrace.standalone.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Jobs as the API lists them, a line each, for people. */
final class JobsTable {

  private JobsTable() {}

  static String of(List<JsonNode> jobs, Instant now) {
    Table table = new Table("id", "type", "state", "due", "attempt", "message");
    for (JsonNode job : jobs) {
      table.add(
          text(job, "id"),
          text(job, "type"),
          state(job),
          due(job, now),
          text(job, "attempt"),
          text(job, "messageId"));
    }
    return table.text();
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
    if (text(job, "waitReason").equals("PAUSED")) {
      return "when resumed";
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

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
