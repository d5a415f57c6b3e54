package io.millrace.core.catalogue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON Schema of a type's payload. Safe for use by many threads. */
public final class PayloadSchema {

  private static final int MOST_VIOLATIONS = 5;

  private final String text;
  private final Schema schema;

  private PayloadSchema(String text, Schema schema) {
    this.text = text;
    this.schema = schema;
  }

  /**
   * Reads a schema. Two with the same {@code $id} know nothing of each other.
   *
   * @param text JSON
   * @throws RuntimeException if it is none
   */
  public static PayloadSchema of(String text) {
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build()));
    return new PayloadSchema(text, registry.getSchema(text));
  }

  /**
   * A place where a payload breaks its schema.
   *
   * @param pointer to it, by RFC 6901; empty for the payload as a whole
   * @param message what is wrong there
   */
  public record Violation(String pointer, String message) {

    @Override
    public String toString() {
      return pointer + ": " + message;
    }
  }

  /** Where {@code payload} breaks the schema; empty if it does not. */
  public List<Violation> violations(JsonNode payload) {
    return schema.validate(payload).stream().map(PayloadSchema::violation).toList();
  }

  private static Violation violation(Error error) {
    return new Violation(error.getInstanceLocation().toString(), error.getMessage());
  }

  /** What in {@code payload} breaks the schema, in words; null if nothing does. */
  public @Nullable String problem(JsonNode payload) {
    List<Violation> violations = violations(payload);
    return violations.isEmpty() ? null : inWords(violations);
  }

  /** The first of some violations, in a sentence. */
  public static String inWords(List<Violation> violations) {
    int more = violations.size() - MOST_VIOLATIONS;
    return violations.stream()
        .limit(MOST_VIOLATIONS)
        .map(Violation::toString)
        .collect(
            Collectors.joining(
                "; ",
                "the payload breaks its schema: ",
                more > 0 ? "; and " + more + " more" : ""));
  }

  /** The schema as it was written. */
  public String text() {
    return text;
  }
}
