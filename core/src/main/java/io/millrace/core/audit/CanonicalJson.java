package io.millrace.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One text for all texts of the same JSON: as it was sent to the database and as the database gives
 * it back, which has an order of members and a form of numbers of its own.
 */
final class CanonicalJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private CanonicalJson() {}

  static @Nullable String of(@Nullable String json) {
    if (json == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    append(JSON.readTree(json), text);
    return text.toString();
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
      members.sort(Map.Entry.comparingByKey());
      appendAll(members, text);
      return;
    }
    if (node.isArray()) {
      text.append('[');
      for (int i = 0; i < node.size(); i++) {
        text.append(i == 0 ? "" : ",");
        append(node.get(i), text);
      }
      text.append(']');
      return;
    }
    text.append(
        node.isNumber()
            ? node.decimalValue().stripTrailingZeros().toPlainString()
            : JSON.writeValueAsString(node));
  }

  private static void appendAll(List<Map.Entry<String, JsonNode>> members, StringBuilder text) {
    text.append('{');
    String between = "";
    for (Map.Entry<String, JsonNode> member : members) {
      text.append(between).append(JSON.writeValueAsString(member.getKey())).append(':');
      append(member.getValue(), text);
      between = ",";
    }
    text.append('}');
  }
}
