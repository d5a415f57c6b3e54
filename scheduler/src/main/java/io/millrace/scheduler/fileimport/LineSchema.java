package io.millrace.scheduler.fileimport;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.millrace.core.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema of a payload, from a file: the one of the handler is in its jar, which workers
 * alone have. Safe for use by many threads.
 */
final class LineSchema {

  private static final int MOST_VIOLATIONS = 5;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));

  private final Schema schema;

  private LineSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * @throws InvalidSettingException if {@code file} has none, where {@code key} says that it has
   */
  static LineSchema of(String key, Path file) {
    try (InputStream text = Files.newInputStream(file)) {
      return new LineSchema(REGISTRY.getSchema(text));
    } catch (IOException | RuntimeException e) {
      throw new InvalidSettingException(
          "%s names no JSON Schema that could be read: %s (%s)".formatted(key, file, e),
          "Name a file with one, on every scheduler, or leave the key out.");
    }
  }

  /**
   * @throws RejectedLineException if {@code payload}, which is JSON, breaks the schema
   */
  void check(byte[] payload) throws RejectedLineException {
    List<Error> errors;
    try {
      errors = schema.validate(JSON.readTree(payload));
    } catch (JacksonException e) {
      throw new RejectedLineException("the line is not JSON: " + e.getOriginalMessage());
    }
    if (!errors.isEmpty()) {
      throw new RejectedLineException(
          "the payload breaks its schema: "
              + errors.stream()
                  .limit(MOST_VIOLATIONS)
                  .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                  .collect(Collectors.joining("; ")));
    }
  }
}
