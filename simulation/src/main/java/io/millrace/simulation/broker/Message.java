package io.millrace.simulation.broker;

import io.millrace.core.broker.OutboundMessage;

/**
 * A message in a queue.
 *
 * @param content what was published
 * @param queue where it is
 * @param redelivered whether it may have been delivered before
 */
public record Message(OutboundMessage content, String queue, boolean redelivered) {

  Message again() {
    return new Message(content, queue, true);
  }
}
