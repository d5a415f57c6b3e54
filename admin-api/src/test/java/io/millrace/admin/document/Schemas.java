package io.millrace.admin.document;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schemas (2020-12) of what the API takes and answers: of records, as they are written and
 * read. A component that may be null is left out where it is; one that may not is always there.
 */
final class Schemas {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Javadocs docs;
  private final Map<String, ObjectNode> components = new TreeMap<>();
  private final Map<String, Class<?>> named = new TreeMap<>();

  Schemas(Javadocs docs) {
    this.docs = docs;
  }

  /** The schemas that have names, by these. */
  Map<String, ObjectNode> components() {
    return components;
  }

  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("there is no schema of " + type);
    }
    if (plain.isEnum() || plain.isRecord()) {
      return reference(plain);
    }
    if (plain.isArray()) {
      ObjectNode list = text("array");
      list.set("items", of(plain.getComponentType()));
      return list;
    }
    if (plain.isSealed()) {
      ObjectNode one = JSON.createObjectNode();
      ArrayNode of = one.putArray("oneOf");
      Arrays.stream(plain.getPermittedSubclasses()).forEach(each -> of.add(of(each)));
      return one;
    }
    return ofValue(plain);
  }

  private ObjectNode ofGeneric(ParameterizedType generic) {
    Class<?> raw = (Class<?>) generic.getRawType();
    Type[] arguments = generic.getActualTypeArguments();
    if (Collection.class.isAssignableFrom(raw)) {
      ObjectNode list = text("array");
      list.set("items", of(arguments[0]));
      return list;
    }
    if (Map.class.isAssignableFrom(raw)) {
      ObjectNode map = text("object");
      map.set("additionalProperties", of(arguments[1]));
      return map;
    }
    throw new IllegalArgumentException("there is no schema of " + generic);
  }

  private static ObjectNode ofValue(Class<?> type) {
    if (type == Object.class || JsonNode.class.isAssignableFrom(type)) {
      return JSON.createObjectNode().put("description", "any JSON");
    }
    if (type == UUID.class) {
      return text("string", "uuid", "6f1c0a52-8a5e-8c3b-9f0e-2b6d3f7f3f10");
    }
    if (type == Instant.class) {
      return text("string", "date-time", "2026-03-31T18:00:00.123456Z");
    }
    if (type == LocalDate.class) {
      return text("string", "date", "2026-03-31");
    }
    if (type == Duration.class) {
      return text("string", "duration", "PT30S");
    }
    if (type == URI.class) {
      return text("string", "uri", "https://example.com/hooks");
    }
    return text(
        switch (type.getSimpleName()) {
          case "String" -> "string";
          case "boolean", "Boolean" -> "boolean";
          case "int", "Integer", "long", "Long" -> "integer";
          case "double", "Double", "BigDecimal" -> "number";
          default -> throw new IllegalArgumentException("there is no schema of " + type);
        });
  }

  private ObjectNode reference(Class<?> type) {
    String name = name(type);
    if (named.putIfAbsent(name, type) == null) {
      components.put(name, JSON.createObjectNode()); // for those that lead back to it
      components.put(name, type.isEnum() ? ofEnum(type) : ofRecord(type));
    }
    return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
  }

  private String name(Class<?> type) {
    String path = type.getName().substring(type.getPackageName().length() + 1);
    String name = path.replace("$", "").replace("View", "");
    Class<?> other = named.get(name);
    if (other == null || other == type) {
      return name;
    }
    String last = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
    return Character.toUpperCase(last.charAt(0)) + last.substring(1) + name;
  }

  private ObjectNode ofEnum(Class<?> type) {
    ObjectNode schema = text("string");
    docs.of(type).ifPresent(said -> schema.put("description", said));
    ArrayNode values = schema.putArray("enum");
    Arrays.stream(type.getEnumConstants()).forEach(value -> values.add(((Enum<?>) value).name()));
    return schema;
  }

  private ObjectNode ofRecord(Class<?> type) {
    ObjectNode schema = text("object");
    docs.of(type).ifPresent(said -> schema.put("description", said));
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    add(type, properties, required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private void add(Class<?> type, ObjectNode properties, ArrayNode required) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        add(component.getType(), properties, required);
        continue;
      }
      String name = component.getName();
      ObjectNode schema =
          component.getAccessor().isAnnotationPresent(JsonRawValue.class)
              ? ofValue(Object.class)
              : of(component.getGenericType());
      docs.of(type, name).ifPresent(said -> schema.put("description", said));
      properties.set(name, schema);
      if (!isNullable(component.getAnnotatedType())) {
        required.add(name);
      }
    }
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode text(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode text(String type, String format, String example) {
    ObjectNode schema = text(type).put("format", format);
    schema.putArray("examples").add(example);
    return schema;
  }
}
