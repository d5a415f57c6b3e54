package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files that pin what is on the wire. A published version never changes: {@code
 * -Dmillrace.golden=write} is for new files only.
 */
final class Golden {

  static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Golden() {}

  static String read(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/v1/" + name)) {
      assertThat(file).as("golden file %s", name).isNotNull();
      return new String(file.readAllBytes(), UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void assertUnchanged(String name, String actual) {
    if ("write".equals(System.getProperty("millrace.golden"))) {
      write(name, actual);
      return;
    }
    assertThat(actual).as("golden file %s", name).isEqualTo(read(name));
  }

  /** A message as its golden file shows it. */
  static String describe(EncodedMessage message) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    BasicProperties from = message.properties();
    properties.put("content_type", from.getContentType());
    properties.put("delivery_mode", from.getDeliveryMode());
    properties.put("message_id", from.getMessageId());
    properties.put("type", from.getType());
    properties.put("reply_to", from.getReplyTo());
    properties.put("correlation_id", from.getCorrelationId());
    properties.values().removeIf(value -> value == null);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("exchange", message.exchange());
    all.put("routingKey", message.routingKey());
    all.put("properties", properties);
    all.put("headers", new TreeMap<>(from.getHeaders()));
    all.put("body", new String(message.body(), UTF_8));
    return JSON.writeValueAsString(all).replace("\r\n", "\n");
  }

  /** The message that a golden file shows. */
  static EncodedMessage message(String name) {
    JsonNode all = JSON.readTree(read(name));
    JsonNode from = all.path("properties");
    Map<String, Object> headers = new LinkedHashMap<>();
    all.path("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asString()));
    BasicProperties.Builder properties =
        new BasicProperties.Builder()
            .contentType(from.path("content_type").asString())
            .messageId(text(from, "message_id"))
            .type(text(from, "type"))
            .replyTo(text(from, "reply_to"))
            .correlationId(text(from, "correlation_id"))
            .headers(headers);
    return new EncodedMessage(
        all.path("exchange").asString(),
        all.path("routingKey").asString(),
        properties.build(),
        all.path("body").asString().getBytes(UTF_8));
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.has(name) ? node.path(name).asString() : null;
  }

  private static void write(String name, String actual) {
    Path file = Path.of("src/test/resources/golden/v1").resolve(name);
    assertThat(file).as("a published golden file never changes").doesNotExist();
    try {
      Files.writeString(file, actual + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
