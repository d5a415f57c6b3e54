package io.millrace.client.contract;

/**
 * One of the three queues of a job type. A broker does not route by the AMQP {@code priority}, so
 * the publisher chooses the lane by the exchange.
 */
public enum Lane {
  HIGH,
  NORMAL,
  LOW
}
