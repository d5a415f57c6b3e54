package io.millrace.admin.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.admin.fuzz.Oracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the document of the API shows. That requests can be read as the records that they are read
 * as is seen to where the document is made.
 */
class ExamplesTest {

  private record Body(String of, JsonNode content) {}

  private final JsonNode document = document();

  @Test
  void everyBodyHasExamplesThatAreWhatItsSchemaSays() {
    List<Body> bodies = bodies();

    Oracle oracle = new Oracle(document);
    assertThat(bodies).hasSizeGreaterThan(60);
    assertThat(bodies)
        .allSatisfy(
            body -> {
              assertThat(body.content().path("examples")).isNotEmpty();
              assertThat(body.content().path("examples"))
                  .allSatisfy(
                      example ->
                          assertThat(
                                  oracle.violations(
                                      body.content().path("schema"),
                                      document.at(pointer(example) + "/value")))
                              .as(pointer(example))
                              .isEmpty());
            });
  }

  @Test
  void aBodyThatMayBeOneOfSeveralHasAnExampleOfEach() {
    assertThat(bodies())
        .allSatisfy(
            body ->
                assertThat(body.content().path("examples"))
                    .hasSize(Math.max(1, body.content().path("schema").path("anyOf").size())));
  }

  @Test
  void anExampleThatIsNotWhatItsSchemaSaysIsFound() {
    JsonNode schema = JsonMapper.shared().readTree("{\"$ref\":\"#/components/schemas/DryRun\"}");

    String violations =
        new Oracle(document)
            .violations(
                schema, JsonMapper.shared().readTree("{\"total\":\"2\",\"samples\":[\"no id\"]}"));

    assertThat(violations).contains("/total", "/samples/0");
  }

  @Test
  void thereIsNoExampleThatNothingShows() throws IOException {
    Set<String> shown =
        bodies().stream()
            .flatMap(body -> body.content().path("examples").propertyStream())
            .map(example -> example.getKey() + ".json")
            .collect(Collectors.toCollection(TreeSet::new));

    try (Stream<Path> files = Files.list(Examples.FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(shown);
    }
  }

  /** Everything that is taken and everything that is answered when all is well, if it is JSON. */
  private List<Body> bodies() {
    List<Body> bodies = new ArrayList<>();
    for (JsonNode verbs : document.path("paths")) {
      for (JsonNode operation : verbs) {
        String id = operation.path("operationId").asString();
        add(bodies, id + ", its request", operation.path("requestBody"));
        operation
            .path("responses")
            .forEachEntry(
                (status, response) -> {
                  if (status.startsWith("2")) {
                    add(bodies, id + ", its answer", response);
                  }
                });
      }
    }
    return bodies;
  }

  private static void add(List<Body> bodies, String of, JsonNode holder) {
    JsonNode content = holder.path("content").path("application/json");
    if (!content.isMissingNode()) {
      bodies.add(new Body(of, content));
    }
  }

  private static String pointer(JsonNode reference) {
    return reference.path("$ref").asString().substring(1);
  }

  private static JsonNode document() {
    try {
      return JsonMapper.shared().readTree(Files.readString(Path.of("../docs/api/openapi.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
