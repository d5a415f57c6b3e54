package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A message as a test puts it together: at first one that has nothing wrong. */
final class IncomingMessage {

  private String exchange = ContractNames.JOBS;
  private String routingKey = "loan.amortize";
  private byte[] body = "{\"loan\":42}".getBytes(UTF_8);
  private final Map<String, Object> headers = new LinkedHashMap<>();
  private BasicProperties.Builder properties =
      new BasicProperties.Builder().contentType("application/json").messageId("m-1");

  static IncomingMessage aMessage() {
    return new IncomingMessage();
  }

  static IncomingMessage aStructuredEvent(String json) {
    return aMessage()
        .with(p -> p.contentType("application/cloudevents+json").messageId(null))
        .body(json);
  }

  IncomingMessage to(String exchangeName) {
    exchange = exchangeName;
    return this;
  }

  IncomingMessage routedBy(String key) {
    routingKey = key;
    return this;
  }

  IncomingMessage body(String text) {
    return body(text.getBytes(UTF_8));
  }

  IncomingMessage body(byte[] bytes) {
    body = bytes;
    return this;
  }

  IncomingMessage header(String name, Object value) {
    headers.put(name, value);
    return this;
  }

  IncomingMessage with(UnaryOperator<BasicProperties.Builder> change) {
    properties = change.apply(properties);
    return this;
  }

  Reading read() {
    return new JobMessageReader(10_000)
        .read(exchange, routingKey, properties.headers(headers).build(), body);
  }
}
