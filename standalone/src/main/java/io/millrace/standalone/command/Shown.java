package io.millrace.standalone.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the API as people or programs want them. */
final class Shown {

  private Shown() {}

  /**
   * The answer as it is, or in words.
   *
   * @throws CommandFailure with what the engine says against it
   */
  static String of(EngineApi.Answer answer, boolean json, Function<JsonNode, String> inWords) {
    JsonNode body = read(answer);
    return json ? answer.body() : inWords.apply(body);
  }

  /**
   * What the engine answers.
   *
   * @throws CommandFailure with what it says against it
   */
  static JsonNode read(EngineApi.Answer answer) {
    answer.requireOk();
    return JsonMapper.shared().readTree(answer.body());
  }

  /** A table, or {@code none} if there is no row. */
  static String table(
      List<String> head, List<JsonNode> rows, Function<JsonNode, List<String>> cells, String none) {
    if (rows.isEmpty()) {
      return none;
    }
    Table table = new Table(head.toArray(String[]::new));
    rows.forEach(row -> table.add(cells.apply(row).toArray(String[]::new)));
    return table.text();
  }

  /** How long ago that was; a hyphen if it never was. */
  static String ago(JsonNode node, String field, Instant now) {
    return node.has(field)
        ? BatchFigures.duration(
            Duration.between(Instant.parse(BatchFigures.text(node, field)), now))
        : "-";
  }

  /** When that is, from now on; a hyphen if it is not to be. */
  static String in(JsonNode node, String field, Instant now) {
    if (!node.has(field)) {
      return "-";
    }
    Duration left = Duration.between(now, Instant.parse(BatchFigures.text(node, field)));
    return left.isPositive() ? "in " + BatchFigures.duration(left) : "now";
  }

  /** What is there; a hyphen if nothing is. */
  static String text(JsonNode node, String field) {
    String text = BatchFigures.text(node, field);
    return text.isEmpty() ? "-" : text;
  }

  /** The texts of a list, with commas between them. */
  static String texts(JsonNode list) {
    return String.join(
        ", ", list.valueStream().map(each -> Table.plain(each.asString(""))).toList());
  }

  /** A value for a body. */
  static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }
}
