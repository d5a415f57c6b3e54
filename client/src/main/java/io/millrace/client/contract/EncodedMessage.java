package io.millrace.client.contract;

import com.rabbitmq.client.AMQP.BasicProperties;

/** A message in the form in which a channel publishes it. */
public record EncodedMessage(
    String exchange, String routingKey, BasicProperties properties, byte[] body) {}
