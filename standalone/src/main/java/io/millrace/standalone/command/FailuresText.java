package io.millrace.standalone.command;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Groups of failures as the API shows them, for people. */
final class FailuresText {

  private static final int LONGEST_MESSAGE = 60;

  private FailuresText() {}

  /**
   * Groups, a line each.
   *
   * @param folder the option that says where the engine is, for the command that it names
   */
  static String table(List<JsonNode> groups, String folder) {
    if (groups.isEmpty()) {
      return "no such job stands failed.";
    }
    Table table = new Table("group", "jobs", "last", "type", "failure");
    groups.forEach(
        each ->
            table.add(
                field(each, "id"),
                field(each, "jobs"),
                field(each, "lastAt"),
                field(each, "type"),
                Query.cut(what(each), LONGEST_MESSAGE)));
    return table.text()
        + System.lineSeparator()
        + "./millrace replay --group GROUP%s has the jobs of one run once more.".formatted(folder);
  }

  private static String what(JsonNode group) {
    String kind = field(group, "kind");
    return kind.isEmpty()
        ? "failed before there were groups"
        : kind.substring(kind.lastIndexOf('.') + 1) + ": " + field(group, "message");
  }

  /** One group, with the stack that its failures came from and some of its jobs. */
  static String of(JsonNode group) {
    StringBuilder text = new StringBuilder();
    add(text, "group", field(group, "id"));
    add(text, "type", field(group, "type"));
    add(text, "failure", field(group, "kind"));
    add(text, "message", field(group, "message"));
    add(text, "jobs", field(group, "jobs"));
    add(text, "first", field(group, "firstAt"));
    add(text, "last", field(group, "lastAt"));
    group.path("frames").forEach(frame -> add(text, "at", frame.asString()));
    group.path("samples").forEach(job -> add(text, "job", job.asString()));
    return text.toString().stripTrailing();
  }

  private static void add(StringBuilder text, String label, String value) {
    text.append("%-9s %s%n".formatted(label, Table.plain(value)));
  }

  private static String field(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
