package io.millrace.standalone.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Batch runs as the API lists them, a line each, for people. */
final class BatchRunsTable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private BatchRunsTable() {}

  static String of(List<JsonNode> runs, Instant now) {
    Table table = new Table("run", "job", "parameters", "state", "items", "begun (UTC)", "took");
    for (JsonNode run : runs) {
      table.add(
          BatchFigures.shortId(run),
          BatchFigures.text(run, "job"),
          BatchFigures.parameters(run),
          state(run),
          items(run),
          run.has("startedAt") ? TIME.format(time(run, "startedAt")) : "-",
          took(run, now));
    }
    return table.text();
  }

  private static String state(JsonNode run) {
    String state = BatchFigures.text(run, "state");
    return run.path("stopRequested").asBoolean() ? state + ", stops" : state;
  }

  private static String items(JsonNode run) {
    JsonNode progress = run.path("progress");
    boolean over = BatchFigures.text(run, "state").equals("COMPLETED");
    if (progress.path("done").asLong() == 0) {
      return "-";
    }
    return over ? BatchFigures.count(progress, "done") : BatchFigures.share(progress);
  }

  private static String took(JsonNode run, Instant now) {
    if (!run.has("startedAt")) {
      return "-";
    }
    Instant until = run.has("endedAt") ? time(run, "endedAt") : now;
    return BatchFigures.duration(Duration.between(time(run, "startedAt"), until));
  }

  private static Instant time(JsonNode run, String field) {
    return Instant.parse(BatchFigures.text(run, field));
  }
}
