package io.millrace.worker.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.webhook.SigningKey;
import io.millrace.handler.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** We sign as others do. What they have signed, and have verified of ours, is in the resources. */
class StandardWebhooksTest {

  private static final JsonMapper JSON = new JsonMapper();

  /** Signed by the package of the specification's authors, and by OpenSSL. */
  record Theirs(String secret, String id, long timestamp, String body, String signature) {}

  /** Verified by them. */
  record Ours(List<String> secrets, String id, long timestamp, String body, String signature) {}

  static Stream<Theirs> theirs() {
    return Stream.of(JSON.readValue(resource("vectors.json"), Theirs[].class));
  }

  static Stream<Ours> ours() {
    return Stream.of(JSON.readValue(resource("ours.json"), Ours[].class));
  }

  @ParameterizedTest
  @MethodSource("theirs")
  void signsAsTheyDo(Theirs theirs) {
    SignedWebhook signed = sign(theirs.id(), theirs.timestamp(), theirs.body(), theirs.secret());

    assertThat(signed)
        .isEqualTo(
            new SignedWebhook(theirs.id(), Long.toString(theirs.timestamp()), theirs.signature()));
  }

  @ParameterizedTest
  @MethodSource("ours")
  void signsWhatTheyHaveVerified(Ours ours) {
    SignedWebhook signed =
        sign(ours.id(), ours.timestamp(), ours.body(), ours.secrets().toArray(String[]::new));

    assertThat(signed.signature()).isEqualTo(ours.signature());
  }

  /** The example by which the libraries of the specification's authors test themselves. */
  @Test
  void signsAsTheExampleOfTheSpecificationsLibraries() {
    SignedWebhook signed =
        sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    assertThat(signed.signature()).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void sendsTheHeadersOfTheSpecification() {
    byte[] body = "{}".getBytes(UTF_8);
    SigningKey key = SigningKey.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    Instant at = Instant.parse("2023-01-19T00:13:51.999Z");

    HttpRequest signed = SignedWebhook.of("id-1", at, body, List.of(key)).on(HttpRequest.post("/"));
    HttpRequest unsigned = SignedWebhook.of("id-1", at, body, List.of()).on(HttpRequest.post("/"));

    assertThat(signed.headers())
        .containsEntry("webhook-id", List.of("id-1"))
        .containsEntry("webhook-timestamp", List.of("1674087231"))
        .containsOnlyKeys("webhook-id", "webhook-timestamp", "webhook-signature");
    assertThat(signed.headers().getOrDefault("webhook-signature", List.of()))
        .singleElement()
        .asString()
        .matches("v1,[A-Za-z0-9+/=]{44}");
    assertThat(unsigned.headers()).doesNotContainKey("webhook-signature");
  }

  private static SignedWebhook sign(String id, long timestamp, String body, String... secrets) {
    return SignedWebhook.of(
        id,
        Instant.ofEpochSecond(timestamp),
        body.getBytes(UTF_8),
        Stream.of(secrets).map(SigningKey::parse).toList());
  }

  private static byte[] resource(String name) {
    try (InputStream file =
        StandardWebhooksTest.class.getResourceAsStream("standardwebhooks/" + name)) {
      assertThat(file).as(name).isNotNull();
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
