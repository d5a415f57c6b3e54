package io.millrace.standalone.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A replay as the API shows it, for people. */
final class ReplayText {

  private ReplayText() {}

  /** How far it is, in half a line. */
  static String progress(JsonNode replay) {
    List<String> said = new ArrayList<>();
    said.add(count(replay, "replayed") + " of " + count(replay, "total") + " replayed");
    JsonNode outcomes = replay.path("outcomes");
    if (outcomes.path("succeeded").asLong() > 0) {
      said.add(count(outcomes, "succeeded") + " succeeded");
    }
    if (outcomes.path("failed").asLong() > 0) {
      said.add(count(outcomes, "failed") + " failed again");
    }
    if (replay.path("refused").asLong() > 0) {
      said.add(count(replay, "refused") + " refused");
    }
    if (replay.path("passedOver").asLong() > 0) {
      said.add(count(replay, "passedOver") + " no longer failed");
    }
    if (replay.has("replayedPerSecond")) {
      said.add(speed(replay));
    }
    if (replay.has("secondsLeft")) {
      Duration left = Duration.ofSeconds(replay.path("secondsLeft").asLong());
      said.add(BatchFigures.duration(left) + " left");
    }
    return String.join(", ", said);
  }

  /** The replay with what it has refused. */
  static String of(JsonNode replay) {
    List<String> lines = new ArrayList<>();
    add(lines, "replay", field(replay, "id"));
    add(lines, "state", field(replay, "state"));
    if (replay.has("reason")) {
      add(lines, "why", field(replay, "reason"));
    }
    add(lines, "jobs", replay.path("jobs").toString());
    add(lines, "pace", "at most %s a second".formatted(field(replay, "perSecond")));
    if (replay.path("canary").asLong() > 0) {
      add(
          lines,
          "canary",
          "%s first, of which %s %% have to succeed"
              .formatted(field(replay, "canary"), field(replay, "canaryShare")));
    }
    add(lines, "made", field(replay, "createdAt") + " by " + field(replay, "requestedBy"));
    if (replay.has("endedAt")) {
      add(lines, "ended", field(replay, "endedAt"));
    }
    add(lines, "progress", progress(replay));
    replay
        .path("refusals")
        .forEach(each -> add(lines, "refused", field(each, "job") + ": " + field(each, "reason")));
    return String.join(System.lineSeparator(), lines);
  }

  /** Replays, a line each. */
  static String table(List<JsonNode> replays) {
    Table table = new Table("id", "state", "made", "by", "replayed", "of", "refused", "speed");
    replays.forEach(
        each ->
            table.add(
                field(each, "id"),
                field(each, "state"),
                field(each, "createdAt"),
                field(each, "requestedBy"),
                count(each, "replayed"),
                count(each, "total"),
                count(each, "refused"),
                each.has("replayedPerSecond") ? speed(each) : "-"));
    return table.text();
  }

  private static String speed(JsonNode replay) {
    return BatchFigures.pace(replay.path("replayedPerSecond").asDouble());
  }

  private static void add(List<String> lines, String label, String value) {
    lines.add("%-9s %s".formatted(label, Table.plain(value)));
  }

  private static String field(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private static String count(JsonNode node, String name) {
    return String.format(Locale.ROOT, "%,d", node.path(name).asLong());
  }
}
