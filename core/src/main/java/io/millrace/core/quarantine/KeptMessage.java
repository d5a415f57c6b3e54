package io.millrace.core.quarantine;

import com.rabbitmq.client.AMQP;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobMessageReader;
import io.millrace.client.contract.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message as it was kept, which can be changed and read again as if it had just come. Immutable.
 *
 * @param exchange that it was published to
 * @param type its routing key
 * @param properties of AMQP that the contract knows, by their names there
 * @param headers values that are no texts stay what they are, and are refused as when they came
 * @param body not copied
 */
public record KeptMessage(
    String exchange,
    String type,
    Map<String, Object> properties,
    Map<String, Object> headers,
    byte[] body) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  public KeptMessage {
    properties = Map.copyOf(properties);
    headers = Map.copyOf(headers);
  }

  /**
   * The same from the JSON that is kept.
   *
   * @param properties a JSON object
   * @param headers a JSON object
   */
  public static KeptMessage of(
      String exchange, String type, String properties, String headers, byte[] body) {
    return new KeptMessage(
        exchange, type, JSON.readValue(properties, OBJECT), JSON.readValue(headers, OBJECT), body);
  }

  /** The same as a message of another type. */
  public KeptMessage withType(String other) {
    return new KeptMessage(
        exchange, other, changed(properties, Map.of("type", other)), headers, body);
  }

  /** The same with another message id. */
  public KeptMessage withMessageId(String id) {
    return new KeptMessage(
        exchange, type, changed(properties, Map.of("message_id", id)), headers, body);
  }

  /** The same with a tenant that it names. */
  public KeptMessage withTenant(String tenant) {
    return withHeaders(Map.of(ContractNames.TENANT, tenant));
  }

  /** The same with other headers beside those that it has; an empty text takes one away. */
  public KeptMessage withHeaders(Map<String, String> others) {
    return new KeptMessage(exchange, type, properties, changed(headers, others), body);
  }

  /** The same with other properties beside those that it has; an empty text takes one away. */
  public KeptMessage withProperties(Map<String, String> others) {
    return new KeptMessage(exchange, type, changed(properties, others), headers, body);
  }

  /** The same with another body. */
  public KeptMessage withBody(byte[] other) {
    return new KeptMessage(exchange, type, properties, headers, other);
  }

  private static Map<String, Object> changed(
      Map<String, Object> values, Map<String, String> others) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    others.forEach(
        (name, value) -> {
          String wanted = Objects.requireNonNullElse(value, ""); // JSON may have said null
          if (wanted.isEmpty()) {
            changed.remove(name);
          } else {
            changed.put(name, wanted);
          }
        });
    return changed;
  }

  /** What it says, as a worker would read it. */
  public Reading read(JobMessageReader reader) {
    AMQP.BasicProperties amqp =
        new AMQP.BasicProperties.Builder()
            .contentType(property("content_type"))
            .contentEncoding(property("content_encoding"))
            .messageId(property("message_id"))
            .type(property("type"))
            .userId(property("user_id"))
            .replyTo(property("reply_to"))
            .correlationId(property("correlation_id"))
            .headers(headers)
            .build();
    return reader.read(exchange, type, amqp, body);
  }

  private @Nullable String property(String name) {
    Object value = properties.get(name);
    return value == null ? null : value.toString();
  }
}
