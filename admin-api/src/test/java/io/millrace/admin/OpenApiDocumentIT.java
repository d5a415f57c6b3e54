package io.millrace.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.admin.document.OpenApi;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiDocumentIT {

  private static final Path CHECKED_IN = Path.of("../docs/api/openapi.json");

  /** Writes the document instead of comparing it. */
  private static final String UPDATE = "MILLRACE_UPDATE_OPENAPI";

  @AutoClose private final RunningApi api = new RunningApi();

  @Test
  void isWhatTheCodeSays() throws IOException {
    String made = OpenApi.of(api.handlers());
    if (System.getenv(UPDATE) != null) {
      Files.writeString(CHECKED_IN, made);
    }

    assertThat(Files.readString(CHECKED_IN))
        .as(
            "docs/api/openapi.json is not what the code says. If that is meant, run this test once with the environment variable %s=1, and look at the difference",
            UPDATE)
        .isEqualTo(made);
  }

  @Test
  void describesEverythingInWords() throws IOException {
    JsonNode document = JsonMapper.shared().readTree(Files.readString(CHECKED_IN));

    document
        .path("paths")
        .forEachEntry(
            (path, verbs) ->
                verbs.forEachEntry(
                    (verb, operation) -> {
                      assertThat(operation.path("summary").asString())
                          .as("the Javadoc of what answers %s %s", verb, path)
                          .isNotBlank();
                      operation
                          .path("parameters")
                          .forEach(
                              parameter ->
                                  assertThat(parameter.path("schema").isEmpty())
                                      .as("%s of %s", parameter.path("name"), path)
                                      .isFalse());
                    }));
  }

  @Test
  void isServedToEverybodyWithAPageToTryItOn() throws Exception {
    HttpResponse<String> document = api.sendAnonymously(api.request("/v1/openapi.json"));
    HttpResponse<String> page = api.sendAnonymously(api.request("/docs/index.html"));
    HttpResponse<String> script = api.sendAnonymously(api.request("/docs/swagger-ui-bundle.js"));

    assertThat(document.statusCode()).isEqualTo(200);
    assertThat(document.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(document.body()).contains("\"openapi\" : \"3.1.0\"");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui-bundle.js").doesNotContain("http");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self'")
        .doesNotContain("http");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(api.sendAnonymously(api.request("/docs")).statusCode()).isEqualTo(302);
  }
}
