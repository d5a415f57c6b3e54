package io.millrace.core.replay;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Merge Patch, as RFC 7396, section 2, defines it. */
final class MergePatch {

  private MergePatch() {}

  /** What {@code patch} makes of {@code target}, which may be changed in place. */
  static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode merged =
        target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    changes.forEachEntry(
        (name, value) -> {
          if (value.isNull()) {
            merged.remove(name);
          } else {
            JsonNode before = merged.get(name);
            merged.set(
                name, apply(before == null ? JsonNodeFactory.instance.nullNode() : before, value));
          }
        });
    return merged;
  }
}
