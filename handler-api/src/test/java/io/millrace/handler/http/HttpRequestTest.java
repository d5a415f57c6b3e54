package io.millrace.handler.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.handler.PermanentFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {

  @Test
  void saysAllInOneLine() {
    HttpRequest request =
        HttpRequest.post("/scores?id=7")
            .json(Map.of("id", 7))
            .header("X-One", " a ")
            .header("x-one", "b")
            .accepting(404, 200)
            .within(Duration.ofSeconds(3));

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/scores?id=7");
    assertThat(request.headers().get("X-ONE")).isEqualTo(List.of("a", "b"));
    assertThat(request.body()).isEqualTo(new HttpBody.Json(Map.of("id", 7)));
    assertThat(request.accepts(404)).isTrue();
    assertThat(request.accepts(201)).isFalse();
    assertThat(request.limit()).contains(Duration.ofSeconds(3));
    assertThat(request).hasToString("POST /scores");
  }

  @Test
  void acceptsSuccessesAndHasNothingElseToBeginWith() {
    HttpRequest request = HttpRequest.get("/");

    assertThat(request.accepts(200)).isTrue();
    assertThat(request.accepts(299)).isTrue();
    assertThat(request.accepts(199)).isFalse();
    assertThat(request.accepts(300)).isFalse();
    assertThat(request.headers()).isEmpty();
    assertThat(request.body()).isEqualTo(new HttpBody.None());
    assertThat(request.limit()).isEmpty();
    assertThat(HttpRequest.delete("/").acceptingFrom(200, 404).accepts(404)).isTrue();
    assertThat(HttpRequest.delete("/").acceptingFrom(200, 404).accepts(405)).isFalse();
  }

  @Test
  void leavesTheRequestThatItWasMadeFromAsItWas() {
    HttpRequest one = HttpRequest.put("/").header("A", "1");

    HttpRequest other = one.header("A", "2").header("B", "3");

    assertThat(one.headers()).isEqualTo(Map.of("A", List.of("1")));
    assertThat(other.headers()).hasSize(2);
    assertThatThrownBy(() -> one.headers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Connection",
        "Transfer-Encoding",
        "TE",
        "Upgrade",
        "Proxy-Authorization",
        "Expect",
        "",
        "a b",
        "a:b",
        "a\r\nb",
        "\u00e4"
      })
  void refusesHeadersThatAreTheEngines(String name) {
    assertThatThrownBy(() -> HttpRequest.get("/").header(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: b", "a\nb", "a\rb", "a\0b", "\u00fc", "a\u007f"})
  void refusesValuesThatWouldNotStayOneHeader(String value) {
    assertThatThrownBy(() -> HttpRequest.get("/").header("X-A", value))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("X-A");
    assertThatThrownBy(() -> HttpRequest.get("/").bytes(new byte[0], value))
        .isInstanceOf(PermanentFailure.class);
  }

  @Test
  void refusesWhatNoCallMayBe() {
    HttpRequest request = HttpRequest.get("/");

    assertThatThrownBy(() -> HttpRequest.of("TRACE", "/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpRequest.of("GET /", "/"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(request::accepting).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.accepting(200, 600))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.acceptingFrom(100, 200))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.within(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'text/plain; charset=ISO-8859-1', true",
    "'text/plain;Charset=\"iso-8859-1\"', true",
    "text/plain, false",
    "'text/plain; charset=nonsense', false",
    "'text/plain; charset=..', false",
  })
  void readsTextInTheCharsetThatIsNamed(String contentType, boolean latin) {
    byte[] body = "gr\u00fcn".getBytes(latin ? ISO_8859_1 : UTF_8);

    HttpResponse response =
        new HttpResponse(200, Map.of("content-type", List.of(contentType)), body, false);

    assertThat(response.text()).isEqualTo("gr\u00fcn");
    assertThat(response.header("Content-Type")).contains(contentType);
    assertThat(response.header("Missing")).isEmpty();
    assertThat(response.toString()).startsWith("200, ").doesNotContain("gr");
  }
}
