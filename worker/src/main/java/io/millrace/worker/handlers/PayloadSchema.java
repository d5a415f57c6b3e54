package io.millrace.worker.handlers;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of a type's payload. Safe for use by many threads. */
final class PayloadSchema {

  private static final int MOST_VIOLATIONS = 5;
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));

  private final Schema schema;

  private PayloadSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads the schema at {@code path}, beside {@code handler} or from the root of its jar.
   *
   * @throws InvalidHandlerException if there is none
   */
  static PayloadSchema of(Class<?> handler, String path) {
    try (InputStream resource = handler.getResourceAsStream(path)) {
      if (resource == null) {
        throw new InvalidHandlerException(handler, "its schema " + path + " is not in its jar");
      }
      return new PayloadSchema(REGISTRY.getSchema(resource));
    } catch (IOException e) {
      throw new InvalidHandlerException(handler, "its schema " + path + " cannot be read: " + e);
    }
  }

  /** What in {@code payload} breaks the schema, in words; null if nothing does. */
  @Nullable String violations(JsonNode payload) {
    List<Error> errors = schema.validate(payload);
    if (errors.isEmpty()) {
      return null;
    }
    String listed =
        errors.stream()
            .limit(MOST_VIOLATIONS)
            .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
            .collect(Collectors.joining("; "));
    int more = errors.size() - MOST_VIOLATIONS;
    return "the payload breaks its schema: " + listed + (more > 0 ? "; and " + more + " more" : "");
  }
}
