package io.millrace.admin.document;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the handler methods of one path and one HTTP method take and answer. */
final class Operations {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Javadocs docs;
  private final Schemas schemas;
  private final Examples examples;

  Operations(Javadocs docs, Schemas schemas, Examples examples) {
    this.docs = docs;
    this.schemas = schemas;
    this.examples = examples;
  }

  /**
   * @param methods of the same path and HTTP method, told apart by their parameters
   */
  ObjectNode of(String verb, String path, List<HandlerMethod> methods) {
    ObjectNode operation = JSON.createObjectNode();
    HandlerMethod first = methods.getFirst();
    operation.put("operationId", id(verb, path));
    operation.putArray("tags").add(path.split("/")[2]);
    String said =
        String.join(
            " ",
            methods.stream()
                .map(method -> docs.of(method.getMethod()).orElse(""))
                .filter(text -> !text.isEmpty())
                .toList());
    operation.put("summary", firstSentence(said));
    operation.put("description", said);
    addParameters(operation.putArray("parameters"), methods);
    body(id(verb, path), first).ifPresent(body -> operation.set("requestBody", body));
    operation.set("responses", responses(verb, path, methods));
    return operation;
  }

  private static String id(String verb, String path) {
    StringBuilder id = new StringBuilder(verb);
    for (String part : path.split("[^A-Za-z]+")) {
      if (part.length() > 1) {
        id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return id + (path.endsWith("}") ? "One" : "");
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text.replaceAll("\\.$", "") : text.substring(0, end);
  }

  private void addParameters(ArrayNode parameters, List<HandlerMethod> methods) {
    TreeMap<String, ObjectNode> found = new TreeMap<>();
    TreeMap<String, Integer> needed = new TreeMap<>();
    for (HandlerMethod method : methods) {
      for (MethodParameter parameter : method.getMethodParameters()) {
        for (ObjectNode described : parameters(method.getMethod(), parameter)) {
          String key = described.path("in").asString() + described.path("name").asString();
          found.putIfAbsent(key, described);
          needed.merge(key, described.path("required").asBoolean() ? 1 : 0, Integer::sum);
        }
      }
    }
    found.forEach(
        (key, described) ->
            parameters.add(
                described.put("required", requireNonNull(needed.get(key)) == methods.size())));
  }

  /** A record of parameters is as many as it has components. */
  private List<ObjectNode> parameters(Method method, MethodParameter parameter) {
    if (!parameter.hasParameterAnnotation(ModelAttribute.class)) {
      ObjectNode single = parameter(method, parameter);
      return single == null ? List.of() : List.of(single);
    }
    Class<?> type = parameter.getParameterType();
    return Arrays.stream(type.getRecordComponents())
        .map(
            component -> {
              ObjectNode described =
                  JSON.createObjectNode().put("name", component.getName()).put("in", "query");
              docs.of(type, component.getName())
                  .or(() -> Optional.ofNullable(CommonParameters.TEXTS.get(component.getName())))
                  .ifPresent(said -> described.put("description", said));
              described.put("required", false);
              described.set("schema", schemas.of(component.getGenericType()));
              return described;
            })
        .toList();
  }

  private @Nullable ObjectNode parameter(Method method, MethodParameter parameter) {
    PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
    RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
    RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
    String name = parameter.getParameter().getName();
    if (variable != null) {
      return described(method, parameter, "path", name).put("required", true);
    }
    if (header != null) {
      return described(method, parameter, "header", header.name().isEmpty() ? name : header.name())
          .put("required", header.required());
    }
    if (query == null) {
      return null;
    }
    boolean hasDefault = !query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
    ObjectNode described =
        described(method, parameter, "query", query.name().isEmpty() ? name : query.name())
            .put("required", query.required() && !hasDefault);
    if (hasDefault && described.path("schema") instanceof ObjectNode schema) {
      schema.set(
          "default",
          JSON.readTree(quoted(schema, parameter.getParameterType(), query.defaultValue())));
    }
    return described;
  }

  private static String quoted(ObjectNode schema, Class<?> type, String value) {
    boolean text = type.isEnum() || schema.path("type").asString("").equals("string");
    return text ? '"' + value + '"' : value;
  }

  private ObjectNode described(Method method, MethodParameter parameter, String in, String name) {
    ObjectNode described = JSON.createObjectNode().put("name", name).put("in", in);
    docs.of(method, parameter.getParameter().getName())
        .or(() -> Optional.ofNullable(CommonParameters.TEXTS.get(name)))
        .ifPresent(said -> described.put("description", said));
    described.set("schema", schemas.of(parameter.getGenericParameterType()));
    return described;
  }

  private Optional<ObjectNode> body(String operation, HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
        .findFirst()
        .map(
            parameter -> {
              RequestBody said =
                  requireNonNull(parameter.getParameterAnnotation(RequestBody.class));
              ObjectNode body = JSON.createObjectNode().put("required", said.required());
              ObjectNode content = body.putObject("content").putObject("application/json");
              Type type = parameter.getGenericParameterType();
              ObjectNode schema = schemas.of(type);
              content.set("schema", schema);
              examples.addRequest(content, operation, schema, type);
              return body;
            });
  }

  private ObjectNode responses(String verb, String path, List<HandlerMethod> methods) {
    TreeMap<String, ObjectNode> responses = new TreeMap<>();
    for (HandlerMethod method : methods) {
      Answers answers = method.getMethodAnnotation(Answers.class);
      if (answers == null || !answers.refusesOnly()) {
        addSuccess(responses, verb, path, method, answers);
      }
    }
    Problems.add(responses, verb, path, methods);
    ObjectNode all = JSON.createObjectNode();
    responses.forEach(all::set);
    return all;
  }

  private void addSuccess(
      TreeMap<String, ObjectNode> responses,
      String verb,
      String path,
      HandlerMethod method,
      @Nullable Answers answers) {
    String status = Integer.toString(answers == null ? 200 : answers.status());
    ObjectNode response =
        responses.computeIfAbsent(status, _ -> Problems.response("As asked for."));
    if (answers != null && answers.located()) {
      Problems.header(response, "Location", "where it is");
    }
    boolean tagged = answers != null && answers.tagged();
    if (tagged) {
      Problems.header(response, "ETag", "which version it is");
    }
    if (tagged && verb.equals("get")) {
      responses.computeIfAbsent(
          "304", _ -> Problems.response("It is what `If-None-Match` says that you have."));
    }
    Type type = returned(method, answers);
    if (type != void.class) {
      String mediaType = mediaType(method);
      ObjectNode content =
          response.withObject("/content").withObject("/" + mediaType.replace("/", "~1"));
      if (mediaType.startsWith("text/")) {
        addSchema(content, events(type));
        return;
      }
      ObjectNode schema = schemas.of(type);
      addSchema(content, schema);
      examples.addResponse(content, id(verb, path), schema);
    }
  }

  private ObjectNode events(Type type) {
    String schema = schemas.of(type).path("$ref").asString();
    return JSON.createObjectNode()
        .put("type", "string")
        .put("description", "server-sent events, whose data are JSON as of %s".formatted(schema));
  }

  /** Where there is one already, it is one or the other. */
  private static void addSchema(ObjectNode content, ObjectNode schema) {
    if (!content.has("schema")) {
      content.set("schema", schema);
      return;
    }
    if (content.path("schema").equals(schema)) {
      return;
    }
    ObjectNode either = JSON.createObjectNode();
    either.putArray("anyOf").add(content.path("schema")).add(schema);
    content.set("schema", either);
  }

  private static String mediaType(HandlerMethod method) {
    RequestMapping mapping =
        requireNonNull(
            AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class));
    return mapping.produces().length == 0
        ? MediaType.APPLICATION_JSON_VALUE
        : mapping.produces()[0];
  }

  private static Type returned(HandlerMethod method, @Nullable Answers answers) {
    if (answers != null && answers.of() != Void.class) {
      return answers.of();
    }
    Type type = method.getMethod().getGenericReturnType();
    return type instanceof ParameterizedType generic && generic.getRawType() == ResponseEntity.class
        ? generic.getActualTypeArguments()[0]
        : type;
  }
}
