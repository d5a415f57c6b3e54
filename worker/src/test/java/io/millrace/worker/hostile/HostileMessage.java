package io.millrace.worker.hostile;

import com.rabbitmq.client.AMQP;

/**
 * A message that may be wrong in any way that the broker still takes.
 *
 * @param body not copied
 */
public record HostileMessage(
    String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {}
