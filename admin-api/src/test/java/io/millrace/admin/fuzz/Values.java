package io.millrace.admin.fuzz;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values of schemas: mostly such as they describe, sometimes others. */
final class Values {

  /** What has broken servers before. */
  private static final List<String> NASTY =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "9223372036854775808",
          "1e999",
          "null",
          "true",
          "'; DROP TABLE job; --",
          "' OR '1'='1",
          "${jndi:ldap://127.0.0.1/x}",
          "{{7*7}}",
          "../../../etc/passwd",
          "<script>alert(1)</script>",
          "\u0000",
          "\uD83D\uDE80\u202E",
          "%00",
          "\r\nX-Injected: 1",
          "a".repeat(3_000));

  private final JsonNode document;
  private final Random random;
  private final List<UUID> known;

  Values(JsonNode document, Random random, List<UUID> known) {
    this.document = document;
    this.random = random;
    this.known = known;
  }

  boolean chance(double of) {
    return random.nextDouble() < of;
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  String nasty() {
    return oneOf(NASTY);
  }

  /** As text, for a path or a query. */
  String text(JsonNode schema, double wrong) {
    if (chance(wrong)) {
      return nasty();
    }
    JsonNode value = json(schema, 0);
    return value.isValueNode() ? value.asString() : value.toString();
  }

  JsonNode json(JsonNode schema, double wrong) {
    if (chance(wrong)) {
      return garbage();
    }
    if (schema.has("$ref")) {
      return json(resolved(schema), wrong);
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    return switch (schema.path("type").asString("")) {
      case "object" -> object(schema, wrong);
      case "array" -> array(schema, wrong);
      case "string" -> JsonMapper.shared().valueToTree(string(schema));
      case "integer" -> JsonMapper.shared().valueToTree(random.nextInt(-2, 700));
      case "number" -> JsonMapper.shared().valueToTree(random.nextDouble());
      case "boolean" -> JsonMapper.shared().valueToTree(random.nextBoolean());
      default -> garbage();
    };
  }

  JsonNode resolved(JsonNode schema) {
    return schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
  }

  private ObjectNode object(JsonNode schema, double wrong) {
    ObjectNode object = JsonMapper.shared().createObjectNode();
    schema
        .path("properties")
        .forEachEntry(
            (name, property) -> {
              if (chance(0.8)) {
                object.set(name, json(property, wrong));
              }
            });
    if (schema.path("additionalProperties").isObject()) {
      object.set(
          oneOf(List.of("date", "days", "x")), json(schema.path("additionalProperties"), wrong));
    }
    if (chance(wrong)) {
      object.put(oneOf(List.of("isAdmin", "tenant", "__proto__", "id", "")), nasty());
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, double wrong) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(json(schema.path("items"), wrong));
    }
    return array;
  }

  private String string(JsonNode schema) {
    return switch (schema.path("format").asString("")) {
      case "uuid" ->
          (chance(0.5) ? oneOf(known) : new UUID(random.nextLong(), random.nextLong())).toString();
      case "date-time" -> "2026-03-%02dT18:00:00Z".formatted(random.nextInt(1, 32));
      case "date" -> "2026-03-%02d".formatted(random.nextInt(1, 32));
      default -> oneOf(List.of("acme", "test.job", "FAILED", "RUNNING", "fuzzed", "17", "tidy"));
    };
  }

  private JsonNode garbage() {
    return switch (random.nextInt(6)) {
      case 0 -> JsonMapper.shared().getNodeFactory().nullNode();
      case 1 -> JsonMapper.shared().createArrayNode();
      case 2 -> JsonMapper.shared().createObjectNode();
      case 3 -> JsonMapper.shared().valueToTree(random.nextLong());
      case 4 -> JsonMapper.shared().valueToTree(random.nextBoolean());
      default -> JsonMapper.shared().valueToTree(nasty());
    };
  }
}
