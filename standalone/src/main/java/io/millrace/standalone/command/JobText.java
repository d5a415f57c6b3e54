package io.millrace.standalone.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A job as the API shows it, for people. */
final class JobText {

  private static final int MOST_LINES = 24;

  private JobText() {}

  static String of(JsonNode job) {
    List<String> lines = new ArrayList<>();
    lines.add(line("job", text(job, "id")));
    lines.add(line("type", text(job, "type")));
    lines.add(line("tenant", text(job, "tenant")));
    lines.add(line("message", text(job, "messageId")));
    lines.add(line("state", state(job)));
    addIfPresent(lines, job, "due at", "dueAt");
    addIfPresent(lines, job, "deadline", "deadline");
    addIfPresent(lines, job, "repeats", "duplicateOf");
    addIfPresent(lines, job, "worker", "worker");
    lines.add(line("arrived", text(job, "createdAt")));
    addIfPresent(lines, job, "queued", "queuedAt");
    addIfPresent(lines, job, "started", "startedAt");
    if (job.has("progress")) {
      lines.add(line("progress", progress(job.path("progress"))));
    }
    if (job.has("finishedAt")) {
      lines.add(line("finished", text(job, "finishedAt") + took(job)));
    }
    for (JsonNode attempt : job.path("failedAttempts")) {
      lines.add(
          line(
              "attempt " + text(attempt, "attempt"),
              text(attempt, "failedAt") + " " + failure(attempt.path("failure"))));
    }
    if (job.has("failure")) {
      lines.add(line("failure", failure(job.path("failure"))));
    }
    if (job.has("payload")) {
      lines.add(line("payload", json(job.path("payload"))));
    }
    if (job.has("result")) {
      lines.add(line("result", json(job.path("result"))));
    }
    if (job.has("resultDroppedAt")) {
      lines.add(line("result", "dropped " + text(job, "resultDroppedAt")));
    }
    addIfPresent(lines, job, "erased", "erasedAt");
    return String.join(System.lineSeparator(), lines);
  }

  private static String state(JsonNode job) {
    String reason = job.has("waitReason") ? " for " + text(job, "waitReason") : "";
    return "%s%s, attempt %s, lane %s"
        .formatted(text(job, "state"), reason, text(job, "attempt"), text(job, "lane"));
  }

  private static String took(JsonNode job) {
    Duration took =
        Duration.between(
            Instant.parse(text(job, "createdAt")), Instant.parse(text(job, "finishedAt")));
    return String.format(Locale.ROOT, " (after %.3f s)", took.toNanos() / 1e9);
  }

  private static String failure(JsonNode failure) {
    return text(failure, "kind") + ": " + text(failure, "message");
  }

  private static String json(JsonNode value) {
    List<String> lines = value.toPrettyString().lines().toList();
    if (lines.size() <= MOST_LINES) {
      return indented(lines);
    }
    return indented(lines.subList(0, MOST_LINES))
        + "%n  ... and %d more lines: --json prints all".formatted(lines.size() - MOST_LINES);
  }

  private static String indented(List<String> lines) {
    return String.join(System.lineSeparator() + "          ", lines);
  }

  private static void addIfPresent(List<String> lines, JsonNode job, String label, String field) {
    if (job.has(field)) {
      lines.add(line(label, text(job, field)));
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static String progress(JsonNode progress) {
    return "%d %%, %s"
        .formatted(
            (long) (100 * progress.path("done").asDouble()), progress.path("note").asString());
  }

  private static String line(String label, String value) {
    return String.format(Locale.ROOT, "%-9s %s", label, value);
  }
}
