package io.millrace.admin.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Examples of bodies: a file for each schema, and one for each operation that has something of its
 * own to show, such as {@code postJobs.response.json}. Everything in the folder is an example.
 */
final class Examples {

  static final Path FOLDER = Path.of("../docs/api/examples");

  private static final String ENDING = ".json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Map<String, ObjectNode> components = new TreeMap<>();

  /** Those that operations have, by their names. */
  Map<String, ObjectNode> components() {
    return components;
  }

  /** Adds the one of a request, which has to be what {@code type} can be read from. */
  void addRequest(ObjectNode content, String operation, ObjectNode schema, Type type) {
    String name = add(content, operation + ".request", schema);
    JSON.readValue(read(name), JSON.constructType(type));
  }

  /** Adds the one of an answer; where there are several kinds of answers, each has its own. */
  void addResponse(ObjectNode content, String operation, ObjectNode schema) {
    add(content, operation + ".response", schema);
  }

  private String add(ObjectNode content, String own, ObjectNode schema) {
    String shared = schema.path("$ref").asString().replaceFirst(".*/", "");
    String name = Files.exists(file(own)) ? own : shared;
    components.computeIfAbsent(
        name, _ -> JSON.createObjectNode().set("value", JSON.readTree(read(name))));
    content.withObject("/examples").putObject(name).put("$ref", "#/components/examples/" + name);
    return name;
  }

  private static String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException("the API needs an example of " + name, e);
    }
  }

  private static Path file(String name) {
    return FOLDER.resolve(name + ENDING);
  }
}
