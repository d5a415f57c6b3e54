package io.millrace.standalone.command;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Records of the audit as the API lists them, a line each, for people. */
final class AuditTable {

  private static final String NOTHING = "-";

  private AuditTable() {}

  static String of(List<JsonNode> records) {
    Table table = new Table("number", "at", "actor", "action", "resource", "what");
    for (JsonNode record : records) {
      table.add(
          text(record, "number"),
          text(record, "at"),
          text(record, "actor"),
          text(record, "action"),
          text(record, "resource"),
          what(record.path("before"), record.path("after")));
    }
    return table.text();
  }

  /** What is not the same before and after. */
  private static String what(JsonNode before, JsonNode after) {
    TreeSet<String> names = new TreeSet<>();
    before.propertyNames().forEach(names::add);
    after.propertyNames().forEach(names::add);
    String changes =
        names.stream()
            .filter(name -> !before.path(name).equals(after.path(name)))
            .map(name -> "%s: %s -> %s".formatted(name, shown(before, name), shown(after, name)))
            .collect(Collectors.joining(", "));
    return changes.isEmpty() ? NOTHING : changes;
  }

  private static String shown(JsonNode of, String name) {
    JsonNode value = of.path(name);
    if (value.isMissingNode()) {
      return NOTHING;
    }
    return value.isValueNode() ? value.asString() : value.toString();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
