package io.millrace.client.contract;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The published JSON Schemas. */
final class Schemas {

  private static final String FOLDER = "classpath:io/millrace/client/contract/";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Schemas() {}

  /** What is wrong with {@code value} by the schema in {@code file}, which may have a fragment. */
  static List<Error> violations(String file, JsonNode value) {
    return REGISTRY
        .getSchema(SchemaLocation.of(FOLDER + file))
        .validate(
            value.toString(),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }
}
