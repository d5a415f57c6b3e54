package io.millrace.standalone.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The queues as the API shows them, a type a line, for people. */
final class QueuesText {

  private static final List<String> HEAD =
      List.of(
          "type", "in the broker", "workers", "queued", "running", "ended/s", "waiting", "paused");

  private QueuesText() {}

  static String of(JsonNode queues, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Shown.table(
            HEAD,
            queues.path("types").valueStream().toList(),
            type -> row(type, now),
            "no worker has ever had a handler."));
    queues
        .path("lanes")
        .valueStream()
        .filter(lane -> lane.has("paused"))
        .forEach(
            lane ->
                lines.add(
                    "lane %s is paused: %s"
                        .formatted(Shown.text(lane, "lane"), paused(lane.path("paused"), now))));
    if (queues.has("broker")) {
      lines.add(Shown.text(queues, "broker"));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> row(JsonNode type, Instant now) {
    List<JsonNode> queues = type.path("queues").valueStream().toList();
    long messages = queues.stream().mapToLong(queue -> queue.path("messages").asLong()).sum();
    long consumers =
        queues.stream().mapToLong(queue -> queue.path("consumers").asLong()).max().orElse(0);
    return List.of(
        Shown.text(type, "type"),
        queues.isEmpty() ? "-" : Long.toString(messages),
        queues.isEmpty() ? "-" : Long.toString(consumers),
        Shown.text(type, "queued"),
        Shown.text(type, "running"),
        Shown.text(type, "endedPerSecond"),
        waiting(type),
        type.has("paused") ? paused(type.path("paused"), now) : "-");
  }

  private static String waiting(JsonNode type) {
    String waiting =
        type.path("waiting")
            .valueStream()
            .map(
                each ->
                    "%s %s%s"
                        .formatted(
                            Shown.text(each, "jobs"),
                            Shown.text(each, "reason"),
                            each.has("dependency") ? " " + Shown.text(each, "dependency") : ""))
            .collect(Collectors.joining(", "));
    if (waiting.isEmpty()) {
      return "-";
    }
    return type.path("atLeast").asBoolean() ? "at least " + waiting : waiting;
  }

  private static String paused(JsonNode pause, Instant now) {
    return "for %s by %s: %s"
        .formatted(
            Shown.ago(pause, "since", now), Shown.text(pause, "by"), Shown.text(pause, "reason"));
  }
}
