package io.millrace.admin.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API, made of its handler methods, their records and their comments. */
public final class OpenApi {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String OURS = "/v1/";

  private OpenApi() {}

  /** The document in OpenAPI 3.1, as it is checked in. */
  public static String of(Collection<RequestMappingHandlerMapping> mappings) {
    Javadocs docs = new Javadocs(Path.of("src/main/java"), Path.of("../core/src/main/java"));
    Schemas schemas = new Schemas(docs);
    Examples examples = new Examples();
    Operations operations = new Operations(docs, schemas, examples);
    ObjectNode document = JSON.createObjectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Millrace: the admin API")
        .put("version", "1")
        .put(
            "description",
            "Shows every job, repairs what failed, and tells who has done what. Every answer bears `X-Request-Id`; "
                + "refusals are problems of RFC 9457; parameters and members that mean nothing are refused; lists are "
                + "read on by `after`; how much a client may still ask is in `RateLimit`.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", "/");
    document.putArray("security").addObject().putArray("token");
    ObjectNode paths = document.putObject("paths");
    byPath(mappings)
        .forEach(
            (path, verbs) -> {
              ObjectNode item = paths.putObject(path);
              verbs.forEach((verb, methods) -> item.set(verb, operations.of(verb, path, methods)));
            });
    ObjectNode components = document.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .put(
            "description",
            "A token of the configured issuer; its claims say the roles, the tenants and the job types.");
    share(paths, components.putObject("responses"));
    ObjectNode shown = components.putObject("examples");
    examples.components().forEach(shown::set);
    ObjectNode all = components.putObject("schemas");
    schemas.components().put(Problems.SCHEMA, Problems.schema());
    schemas.components().forEach(all::set);
    return JSON.writeValueAsString(document).replace("\r\n", "\n") + "\n";
  }

  /** Refusals that several operations have stand once. */
  private static void share(ObjectNode paths, ObjectNode shared) {
    Map<JsonNode, String> names = new HashMap<>();
    for (JsonNode verbs : paths) {
      for (JsonNode operation : verbs) {
        ObjectNode responses = (ObjectNode) operation.path("responses");
        for (String status : List.copyOf(responses.propertyNames())) {
          JsonNode response = responses.path(status);
          if (response.path("content").has(MediaType.APPLICATION_PROBLEM_JSON_VALUE)) {
            String name =
                names.computeIfAbsent(response, _ -> "Refused" + status + suffix(shared, status));
            shared.set(name, response);
            responses.putObject(status).put("$ref", "#/components/responses/" + name);
          }
        }
      }
    }
  }

  private static String suffix(ObjectNode shared, String status) {
    long others =
        shared.propertyNames().stream().filter(name -> name.startsWith("Refused" + status)).count();
    return others == 0 ? "" : "Or" + others;
  }

  private static Map<String, Map<String, List<HandlerMethod>>> byPath(
      Collection<RequestMappingHandlerMapping> mappings) {
    Map<String, Map<String, List<HandlerMethod>>> byPath = new TreeMap<>();
    mappings.stream()
        .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
        .sorted(Map.Entry.comparingByKey((a, b) -> a.toString().compareTo(b.toString())))
        .forEach(entry -> add(byPath, entry.getKey(), entry.getValue()));
    return byPath;
  }

  private static void add(
      Map<String, Map<String, List<HandlerMethod>>> byPath,
      RequestMappingInfo info,
      HandlerMethod method) {
    for (String path : ours(info).toList()) {
      for (RequestMethod verb : info.getMethodsCondition().getMethods()) {
        byPath
            .computeIfAbsent(path, _ -> new TreeMap<>())
            .computeIfAbsent(verb.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(method);
      }
    }
  }

  private static Stream<String> ours(RequestMappingInfo info) {
    return info.getPatternValues().stream().filter(path -> path.startsWith(OURS));
  }
}
