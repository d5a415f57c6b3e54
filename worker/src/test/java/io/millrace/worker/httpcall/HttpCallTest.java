package io.millrace.worker.httpcall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.http.HttpBody;
import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;
import io.millrace.worker.dependency.DependencyProperties;
import io.millrace.worker.handlers.FailureClassifier;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.handlers.RegisteredHandler.Input;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HttpCallTest {

  private static final RegisteredHandler HANDLER =
      handler(
          Map.of(
              "millrace.dependencies.crm.http.base-url", "https://crm.test/v1",
              "millrace.dependencies.crm.open-to-messages", "true",
              "millrace.dependencies.bureau.http.base-url", "https://bureau.test",
              "millrace.dependencies.slow.calls", "1"));

  @Test
  void readsEverythingThatACallMayHave() {
    HttpRequest request =
        read("""
                {"method": "PUT", "url": "https://api.test/loans/7?full=1", "headers": {"X-Trace": "a"},
                 "text": "a;b", "contentType": "text/csv", "accept": [200, 404], "timeLimitMillis": 1500}
                """)
            .request();

    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.target()).isEqualTo("https://api.test/loans/7?full=1");
    assertThat(request.headers()).containsEntry("x-trace", List.of("a"));
    assertThat(body(request)).isEqualTo("a;b");
    assertThat(((HttpBody.Bytes) request.body()).contentType()).isEqualTo("text/csv");
    assertThat(request.accepts(404)).isTrue();
    assertThat(request.accepts(201)).isFalse();
    assertThat(request.limit()).contains(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"z\":1,\"a\":[0.10,1e400,-0.0,123456789012345678901234567890],\"m\":{\"b\":null,\"a\":true}}",
        "[]",
        "\"text \\\" \\\\ \u00e4\"",
        "12.50",
        "false",
        "null"
      })
  void sendsJsonWithItsDigitsAndItsOrder(String json) {
    HttpRequest request =
        read("{\"json\": %s, \"method\": \"POST\", \"url\": \"https://api.test/\"}".formatted(json))
            .request();

    assertThat(body(request)).isEqualTo(json);
    assertThat(((HttpBody.Bytes) request.body()).contentType()).isEqualTo("application/json");
  }

  @Test
  void sendsNoBodyWhereThereIsNone() {
    assertThat(read("{\"method\": \"GET\", \"url\": \"https://api.test/\"}").request().body())
        .isInstanceOf(HttpBody.None.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://API.test/x, http/api.test",
    "https://api.test:443/x, http/api.test",
    "http://api.test:443/x, http/api.test:443",
    "http://10.0.0.7:8080, http/10.0.0.7:8080",
    "'http://[::1]:8080/', http/[::1]:8080"
  })
  void dependsUponTheHost(String url, String dependency) {
    HttpCall call = read("{\"method\": \"GET\", \"url\": \"%s\"}".formatted(url));

    assertThat(HANDLER.dependency(call, "default").value()).isEqualTo(dependency);
  }

  @Test
  void dependsUponWhatThePayloadNames() {
    HttpCall call = read("{\"method\": \"GET\", \"dependency\": \"crm\", \"path\": \"/x?y=1\"}");

    assertThat(HANDLER.dependency(call, "default").value()).isEqualTo("crm");
    assertThat(call.request().target()).isEqualTo("/x?y=1");
  }

  @ParameterizedTest
  @CsvSource({
    "bureau, millrace.dependencies.bureau.open-to-messages allows it",
    "slow, the dependency 'slow' is not configured",
    "nobody, the dependency 'nobody' is not configured"
  })
  void callsNoDependencyThatIsNotOpenToMessages(String dependency, String why) {
    HttpCall call =
        read(
            "{\"method\": \"GET\", \"dependency\": \"%s\", \"path\": \"/\"}".formatted(dependency));

    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> HANDLER.dependency(call, "default"))
        .withMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'url': 'https://a.test/', 'method': 'CONNECT' | does not have a value in the enumeration",
        "'method': 'GET' | name either a url, or a dependency and a path",
        "'method': 'GET', 'url': 'https://a.test/', 'dependency': 'crm', 'path': '/' | name either a url",
        "'method': 'GET', 'dependency': 'crm' | name either a url",
        "'method': 'GET', 'dependency': 'crm', 'path': 'x' | path must begin with a slash",
        "'method': 'GET', 'url': 'ftp://a.test/' | url must be http:// or https:// and a host",
        "'method': 'GET', 'url': '/x' | url must be http:// or https:// and a host",
        "'method': 'GET', 'url': 'https://a.test/ x' | url cannot be read",
        "'method': 'GET', 'url': 'https://a.test/', 'headers': {'Host': 'b.test'} | the header Host is set by the engine",
        "'method': 'GET', 'url': 'https://a.test/', 'headers': {'Connection': 'close'} | the header Connection is set by the engine",
        "'method': 'GET', 'url': 'https://a.test/', 'headers': {'Transfer-Encoding': 'chunked'} | is set by the engine",
        "'method': 'GET', 'url': 'https://a.test/', 'headers': {'X-A': 'b\\r\\nX-C: d'} | has a character that no header may have",
        "'method': 'GET', 'url': 'https://a.test/', 'headers': {'X-A: b\\r\\nX-C': 'd'} | is not the name of a header",
        "'method': 'POST', 'url': 'https://a.test/', 'text': 'x', 'contentType': 'a\\nb' | has a character that no header may have",
        "'method': 'POST', 'url': 'https://a.test/', 'text': 'x', 'json': 1 | name one body, json or text",
        "'method': 'POST', 'url': 'https://a.test/', 'contentType': 'text/csv' | neither json nor text",
        "'method': 'POST', 'url': 'https://a.test/', 'text': 'x', 'headers': {'content-type': 'text/csv'} | in contentType",
        "'method': 'GET', 'url': 'https://a.test/', 'accept': [100] | must have a minimum value of 200",
        "'method': 'GET', 'url': 'https://a.test/', 'keep': {'bodyBytes': 262145} | must have a maximum value of 262144",
        "'method': 'GET', 'url': 'https://a.test/', 'body': 'x' | body"
      })
  void refusesWhatCannotBeCalled(String members, String why) {
    Input input = HANDLER.read(("{" + members.replace('\'', '"') + "}").getBytes(UTF_8));

    assertThat(input).isInstanceOf(Input.Refused.class);
    assertThat(((Input.Refused) input).reason()).isEqualTo(Refusal.SCHEMA_VIOLATION);
    assertThat(((Input.Refused) input).explanation()).contains(why);
  }

  @Test
  void saysNothingOfWhatMayBeSecret() {
    HttpCall call =
        read(
            """
            {"method": "POST", "url": "https://api.test/x?token=secret-1", "headers": {"Authorization": "secret-2"},
             "json": "secret-3"}
            """);

    assertThat(call.toString()).isEqualTo("POST https://api.test/x");
  }

  @Test
  void keepsStatusAndTheBeginningOfTheBody() {
    HttpResponse answer = answer("a".repeat(65_535) + "\u00e4" + "b");

    HttpCallResult kept = Keep.DEFAULT.of(answer);

    assertThat(kept.status()).isEqualTo(200);
    assertThat(kept.headers()).isEmpty();
    assertThat(kept.body()).isEqualTo("a".repeat(65_535));
    assertThat(kept.truncated()).isTrue();
  }

  @Test
  void keepsWhatThePayloadAsksFor() {
    HttpResponse answer = answer("body");

    HttpCallResult kept = new Keep(List.of("etag", "x-none"), Keep.Form.BASE64, 3).of(answer);
    HttpCallResult nothing = new Keep(List.of(), Keep.Form.NONE, 3).of(answer);

    assertThat(kept).isEqualTo(new HttpCallResult(200, Map.of("etag", List.of("7")), "Ym9k", true));
    assertThat(nothing).isEqualTo(new HttpCallResult(200, Map.of(), null, false));
  }

  private static HttpResponse answer(String body) {
    return new HttpResponse(200, Map.of("ETag", List.of("7")), body.getBytes(UTF_8), false);
  }

  private static HttpCall read(String payload) {
    Input input = HANDLER.read(payload.getBytes(UTF_8));
    assertThat(input).isInstanceOf(Input.Read.class);
    return (HttpCall) ((Input.Read) input).value();
  }

  private static String body(HttpRequest request) {
    return new String(((HttpBody.Bytes) request.body()).bytes(), UTF_8);
  }

  private static RegisteredHandler handler(Map<String, String> configuration) {
    DependencyProperties properties =
        new Binder(new MapConfigurationPropertySource(configuration))
            .bindOrCreate("millrace", DependencyProperties.class);
    return new HandlerRegistry(
            List.of(new HttpCallHandler(properties)), new FailureClassifier(Set.of()))
        .find(new JobType("http.call"))
        .orElseThrow();
  }
}
