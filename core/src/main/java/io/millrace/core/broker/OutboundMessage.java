package io.millrace.core.broker;

import com.rabbitmq.client.AMQP;

/**
 * A message to publish.
 *
 * @param exchange where to, or empty for the queue that {@code routingKey} names
 * @param routingKey how to route it
 * @param properties as AMQP has them
 * @param body not copied
 */
public record OutboundMessage(
    String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {}
