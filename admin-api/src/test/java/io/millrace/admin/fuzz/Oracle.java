package io.millrace.admin.fuzz;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says whether an answer is one that the document of the API describes. */
public final class Oracle {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode document;
  private final Map<String, Schema> schemas = new HashMap<>();

  public Oracle(JsonNode document) {
    this.document = document;
  }

  /** What is wrong with the answer; empty if nothing is. */
  public Optional<String> objection(FuzzRequest request, HttpResponse<String> answer) {
    if (answer.statusCode() >= 500) {
      return Optional.of("%d %s".formatted(answer.statusCode(), answer.body()));
    }
    JsonNode described =
        document
            .path("paths")
            .path(request.path())
            .path(request.verb().toLowerCase(Locale.ROOT))
            .path("responses")
            .path(Integer.toString(answer.statusCode()));
    JsonNode response =
        described.has("$ref")
            ? document.at(described.path("$ref").asString().substring(1))
            : described;
    if (response.isMissingNode()) {
      return Optional.of("%d is not described: %s".formatted(answer.statusCode(), answer.body()));
    }
    if (answer.headers().firstValue("X-Injected").isPresent()) {
      return Optional.of("a header was injected");
    }
    if (answer.headers().firstValue("X-Request-Id").isEmpty()) {
      return Optional.of("the answer has no name");
    }
    return response.has("content") ? content(response.path("content"), answer) : noContent(answer);
  }

  private static Optional<String> noContent(HttpResponse<String> answer) {
    return answer.body().isEmpty() ? Optional.empty() : Optional.of("there should be no body");
  }

  private Optional<String> content(JsonNode content, HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("none").replaceAll(";.*", "");
    JsonNode schema = content.path(type).path("schema");
    if (schema.isMissingNode()) {
      return Optional.of("%s is not described: %s".formatted(type, answer.body()));
    }
    if (type.startsWith("text/")) {
      return Optional.empty();
    }
    try {
      String violations = violations(schema, JsonMapper.shared().readTree(answer.body()));
      return violations.isEmpty()
          ? Optional.empty()
          : Optional.of(violations + ": " + answer.body());
    } catch (JacksonException e) {
      return Optional.of("the body is no JSON: " + answer.body());
    }
  }

  /** How {@code body} is not what a schema of the document says; empty if it is. */
  public String violations(JsonNode schema, JsonNode body) {
    return compiled(schema)
        .validate(
            body,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .collect(Collectors.joining("; "));
  }

  private Schema compiled(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema.toString(),
        _ -> {
          ObjectNode whole = JsonMapper.shared().createObjectNode();
          whole.set("components", document.path("components"));
          whole.putArray("allOf").add(schema);
          return REGISTRY.getSchema(whole);
        });
  }
}
