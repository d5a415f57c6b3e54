package io.millrace.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        "X-Api-Key",
        "X-Auth-Token",
        "X_Client_Secret",
        "webhook-signature",
        "Db-Password"
      })
  void hidesHeadersWhoseNamesSayThatTheyAreSecret(String name) {
    assertThat(Redaction.headers(Map.of(name, List.of("s3cr3t")))).containsValue("***");
  }

  @Test
  void showsOtherHeadersAndTheIdempotencyKey() {
    assertThat(
            Redaction.headers(
                Map.of(
                    "Content-Type", List.of("text/plain"),
                    "Idempotency-Key", List.of("job-1"),
                    "Location", List.of("https://a.example/?code=s3cr3t"),
                    "Via", List.of("one", "two"))))
        .containsOnly(
            Map.entry("Content-Type", "text/plain"),
            Map.entry("Idempotency-Key", "job-1"),
            Map.entry("Location", "https://a.example/?code=***"),
            Map.entry("Via", "one, two"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:p@a.example/x, https://a.example/x",
    "//u:p@a.example/x, //a.example/x",
    "http://a@b@c/, http://c/",
    "https://a.example/x?a=1&b=2;c=3&d, https://a.example/x?a=***&b=***;c=***&d",
    "https://a.example/x?s3cr3t, https://a.example/x?***",
    "https://a.example/x, https://a.example/x",
  })
  void hidesUsersAndValuesInAddresses(String address, String shown) {
    assertThat(Redaction.uri(address)).isEqualTo(shown);
  }

  @Test
  void keepsAddressesInOneLineAndShort() {
    assertThat(Redaction.uri("http://a\r\nX: y\u00fc")).isEqualTo("http://a__X: y_");
    assertThat(Redaction.uri("http://a/" + "b".repeat(2_000))).hasSize(1_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"password\":\"x\",\"b\":\"y\"}       | {\"a\":1,\"password\":\"***\",\"b\":\"y\"}",
        "{\"apiKey\": 12, \"b\": 2}                     | {\"apiKey\": \"***\", \"b\": 2}",
        "{\"access_token\":\"a\\\"b\",\"b\":2}          | {\"access_token\":\"***\",\"b\":2}",
        "{\"secrets\":{\"a\":[\"}\"]},\"b\":[1]}        | {\"secrets\":\"***\",\"b\":[1]}",
        "[{\"tokens\":[[1],\"]\"]},3]                   | [{\"tokens\":\"***\"},3]",
        "{\"\\u0074oken\":\"x\"}                        | {\"\\u0074oken\":\"***\"}",
        "{\"token\" : true}                             | {\"token\" : \"***\"}",
        "{\"note\":\"the password: x\"}                 | {\"note\":\"the password: x\"}",
        "{\"signature\":\"cut of                        | {\"signature\":\"***\"",
        "{\"token\":                                    | {\"token\":\"***\"",
        "grant=x&client_secret=s&b=2                    | grant=x&client_secret=***&b=2",
        "plain text, a=1                                | plain text, a=1",
      })
  void hidesSecretMembersOfBodies(String body, String shown) {
    assertThat(Redaction.body(body.getBytes(UTF_8))).isEqualTo(shown);
  }

  @Test
  void showsTheFirstFourKibibytesWhateverIsInThem() {
    String deep = "{\"a\":".repeat(3_000);

    assertThat(Redaction.body(deep.getBytes(UTF_8))).hasSize(4_096);
    assertThat(Redaction.body("\\\"".repeat(5_000).getBytes(UTF_8))).hasSize(4_096);
    assertThat(Redaction.body(("{\"token\":" + "[".repeat(5_000)).getBytes(UTF_8)))
        .isEqualTo("{\"token\":\"***\"");
    assertThat(Redaction.body(new byte[] {0, -1, 65})).isEqualTo("\uFFFD\uFFFDA");
  }
}
