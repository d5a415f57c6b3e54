package io.millrace.admin.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Makes requests from the document of the API; the same ones from the same seed. */
public final class Fuzzer {

  private static final String EVENTS = "text/event-stream";

  private final JsonNode document;
  private final Values values;

  /**
   * @param known ids of things that there are
   */
  public Fuzzer(JsonNode document, Random random, List<UUID> known) {
    this.document = document;
    this.values = new Values(document, random, known);
  }

  /** So many requests for each operation: a third of each is valid, nearly valid, and garbage. */
  public List<FuzzRequest> requests(int each) {
    List<FuzzRequest> requests = new ArrayList<>();
    document
        .path("paths")
        .forEachEntry(
            (path, verbs) ->
                verbs.forEachEntry(
                    (verb, operation) -> {
                      // A stream that is open is waited for: a few of them say as much as many.
                      int count = operation.toString().contains(EVENTS) ? Math.min(6, each) : each;
                      for (int i = 0; i < count; i++) {
                        requests.add(
                            request(path, verb, operation, new double[] {0, 0.15, 0.6}[i % 3]));
                      }
                    }));
    return requests;
  }

  private FuzzRequest request(String path, String verb, JsonNode operation, double wrong) {
    Map<String, String> headers = new TreeMap<>();
    StringBuilder query = new StringBuilder();
    String target = path;
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asString();
      String value = values.text(values.resolved(parameter.path("schema")), wrong);
      switch (parameter.path("in").asString()) {
        case "path" ->
            target = target.replace("{" + name + "}", encoded(value.isEmpty() ? "x" : value));
        case "header" -> addHeader(headers, name, value);
        default -> {
          if (parameter.path("required").asBoolean() ? !values.chance(wrong) : values.chance(0.4)) {
            add(query, name, value);
          }
        }
      }
    }
    if (values.chance(wrong)) {
      add(
          query,
          values.oneOf(List.of("limit", "sort", "a[]", "_method", "class.module")),
          values.nasty());
    }
    String body = body(operation, headers, wrong);
    if (values.chance(wrong)) {
      headers.put(
          "Accept", values.oneOf(List.of("text/html", "*/*", "application/xml;q=0.5", "x")));
    }
    return new FuzzRequest(verb.toUpperCase(Locale.ROOT), path, target + query, headers, body);
  }

  private String body(JsonNode operation, Map<String, String> headers, double wrong) {
    JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
    if (schema.isMissingNode()) {
      return values.chance(wrong / 3) ? "{\"unasked\":1}" : "";
    }
    headers.put(
        "Content-Type",
        values.chance(wrong / 2)
            ? values.oneOf(
                List.of(
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "x"))
            : "application/json");
    String json = values.json(schema, wrong).toString();
    if (!values.chance(wrong / 2)) {
      return json;
    }
    return values.oneOf(
        List.of(
            "",
            json.substring(0, json.length() / 2),
            json + json,
            "[".repeat(10_000),
            "{\"a\":".repeat(5_000),
            "<xml/>",
            "\"" + "x".repeat(2_000_000) + "\"",
            "{\"job\":1" + "0".repeat(5_000) + "}"));
  }

  private static void addHeader(Map<String, String> headers, String name, String value) {
    String sendable = value.replaceAll("[^ -~]", "");
    if (!sendable.isBlank()) {
      headers.put(name, sendable);
    }
  }

  private static void add(StringBuilder query, String name, String value) {
    query
        .append(query.isEmpty() ? '?' : '&')
        .append(encoded(name))
        .append('=')
        .append(encoded(value));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
