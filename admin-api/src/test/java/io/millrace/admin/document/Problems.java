package io.millrace.admin.document;

import io.millrace.admin.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers of an operation that are problems. */
final class Problems {

  static final String SCHEMA = "Problem";

  private static final JsonMapper JSON = JsonMapper.shared();

  /** What every request may be answered, whatever it asks for. */
  private static final List<ProblemType> ALWAYS =
      List.of(
          ProblemType.INVALID_REQUEST,
          ProblemType.INVALID_PARAMETER,
          ProblemType.UNKNOWN_PARAMETER,
          ProblemType.UNAUTHENTICATED,
          ProblemType.FORBIDDEN,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.TOO_LARGE,
          ProblemType.TOO_MANY_REQUESTS,
          ProblemType.INTERNAL_ERROR,
          ProblemType.OVERLOADED,
          ProblemType.UNAVAILABLE);

  private Problems() {}

  /** Adds those that the operation of these methods may have. */
  static void add(
      Map<String, ObjectNode> responses, String verb, String path, List<HandlerMethod> methods) {
    TreeMap<String, List<ProblemType>> byStatus =
        of(verb, path, methods).stream()
            .distinct()
            .sorted()
            .collect(
                Collectors.groupingBy(
                    type -> Integer.toString(type.status().value()),
                    TreeMap::new,
                    Collectors.toList()));
    byStatus.forEach((status, ofStatus) -> responses.put(status, response(ofStatus)));
  }

  private static List<ProblemType> of(String verb, String path, List<HandlerMethod> methods) {
    List<ProblemType> problems = new ArrayList<>(ALWAYS);
    boolean needs =
        methods.stream()
            .flatMap(method -> Arrays.stream(method.getMethodParameters()))
            .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestParam.class));
    if (needs) {
      problems.add(ProblemType.MISSING_PARAMETER);
    }
    boolean findsNothing =
        methods.stream()
            .map(method -> method.getMethodAnnotation(Answers.class))
            .anyMatch(answers -> answers != null && answers.findsNothing());
    if (path.contains("{") || needs || findsNothing) {
      problems.add(ProblemType.NOT_FOUND);
    }
    if (!verb.equals("get")) {
      problems.addAll(
          List.of(
              ProblemType.CONFLICT,
              ProblemType.ALREADY_ENDED,
              ProblemType.ALREADY_EXISTS,
              ProblemType.WRONG_STATE,
              ProblemType.CHANGED_MEANWHILE));
    }
    if (methods.stream()
        .flatMap(method -> Arrays.stream(method.getMethodParameters()))
        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
      problems.addAll(
          List.of(
              ProblemType.MISSING_PARAMETER,
              ProblemType.INVALID_BODY,
              ProblemType.INVALID_PAYLOAD,
              ProblemType.UNKNOWN_TYPE,
              ProblemType.UNKNOWN_MEMBER,
              ProblemType.TOO_DEEP,
              ProblemType.TOO_SLOW,
              ProblemType.UNSUPPORTED_MEDIA_TYPE));
    }
    return problems;
  }

  private static ObjectNode response(List<ProblemType> types) {
    ObjectNode response =
        response(
            types.stream()
                .map(type -> "`%s`: %s.".formatted(type.slug(), type.title()))
                .collect(Collectors.joining(" ")));
    if (types.stream().anyMatch(type -> isTemporary(type))) {
      header(response, HttpHeaders.RETRY_AFTER, "after how many seconds to ask again");
    }
    if (types.contains(ProblemType.UNAUTHENTICATED)) {
      header(response, HttpHeaders.WWW_AUTHENTICATE, "what is wrong with the token: RFC 6750");
    }
    ObjectNode schema =
        response
            .putObject("content")
            .putObject(MediaType.APPLICATION_PROBLEM_JSON_VALUE)
            .putObject("schema");
    ArrayNode all = schema.putArray("allOf");
    all.addObject().put("$ref", "#/components/schemas/" + SCHEMA);
    ArrayNode uris = all.addObject().putObject("properties").putObject("type").putArray("enum");
    types.forEach(type -> uris.add(type.uri().toString()));
    return response;
  }

  private static boolean isTemporary(ProblemType type) {
    return switch (type) {
      case TOO_MANY_REQUESTS, OVERLOADED, UNAVAILABLE -> true;
      default -> false;
    };
  }

  static ObjectNode response(String description) {
    ObjectNode response = JSON.createObjectNode().put("description", description);
    header(response, "X-Request-Id", "the name of the request in the log and in the audit");
    return response;
  }

  static void header(ObjectNode response, String name, String description) {
    response
        .withObject("/headers")
        .putObject(name)
        .put("description", description)
        .putObject("schema")
        .put("type", "string");
  }

  static ObjectNode schema() {
    ObjectNode schema =
        JSON.createObjectNode()
            .put("type", "object")
            .put(
                "description",
                "A refusal, as of RFC 9457. Some types have further members; docs/api/problems.md lists them.");
    ObjectNode properties = schema.putObject("properties");
    property(properties, "type", "which kind of problem it is").put("format", "uri");
    property(properties, "title", "the same for all problems of the type");
    properties.putObject("status").put("type", "integer").put("description", "of the answer");
    property(properties, "detail", "what is wrong and what to do, for people");
    property(properties, "instance", "what was asked for").put("format", "uri-reference");
    property(properties, "requestId", "what the log has the request under");
    ArrayNode required = schema.putArray("required");
    List.of("type", "title", "status", "detail", "requestId").forEach(required::add);
    ObjectNode example = schema.putArray("examples").addObject();
    example
        .put("type", ProblemType.ALREADY_ENDED.uri().toString())
        .put("title", ProblemType.ALREADY_ENDED.title())
        .put("status", 409)
        .put("detail", "job 6f1c0a52-8a5e-8c3b-9f0e-2b6d3f7f3f10 has already ended as SUCCEEDED")
        .put("instance", "/v1/jobs/6f1c0a52-8a5e-8c3b-9f0e-2b6d3f7f3f10/cancel")
        .put("requestId", "2f0b6b0e-6a0b-4d3e-9d0f-0f6c1e2d3c4b")
        .put("state", "SUCCEEDED");
    return schema;
  }

  private static ObjectNode property(ObjectNode properties, String name, String description) {
    return properties.putObject(name).put("type", "string").put("description", description);
  }
}
