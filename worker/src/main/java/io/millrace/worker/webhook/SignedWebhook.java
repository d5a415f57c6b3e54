package io.millrace.worker.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.core.webhook.SigningKey;
import io.millrace.handler.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The headers of one attempt (Standard Webhooks 1.0, "Webhook headers").
 *
 * @param id the same over all attempts; without a full stop
 * @param timestamp of this attempt, in seconds since 1970
 * @param signature of each key, separated by blanks; empty if there is no key
 */
record SignedWebhook(String id, String timestamp, String signature) {

  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  /** Signs {@code id.timestamp.body} with every key. */
  static SignedWebhook of(String id, Instant at, byte[] body, List<SigningKey> keys) {
    String timestamp = Long.toString(at.getEpochSecond());
    ByteArrayOutputStream content = new ByteArrayOutputStream(body.length + 100);
    content.writeBytes((id + "." + timestamp + ".").getBytes(UTF_8));
    content.writeBytes(body);
    byte[] signed = content.toByteArray();
    return new SignedWebhook(
        id, timestamp, keys.stream().map(key -> key.sign(signed)).collect(Collectors.joining(" ")));
  }

  /** The request with these headers; an endpoint without keys gets no signature. */
  HttpRequest on(HttpRequest request) {
    HttpRequest named = request.header(ID, id).header(TIMESTAMP, timestamp);
    return signature.isEmpty() ? named : named.header(SIGNATURE, signature);
  }
}
