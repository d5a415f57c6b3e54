package io.millrace.core.broker;

import io.millrace.client.contract.JobType;
import java.io.IOException;
import java.util.Collection;

/**
 * Publishes batches and waits until the broker has taken responsibility for every message. For one
 * thread at a time.
 */
public interface ConfirmedPublisher extends AutoCloseable {

  /**
   * Publishes the messages, without {@code mandatory}, and returns when all are confirmed.
   *
   * @throws IOException if that cannot be said of all of them; publish the whole batch again
   * @throws InterruptedException if interrupted while waiting; the same holds
   */
  void publish(Collection<OutboundMessage> messages) throws IOException, InterruptedException;

  /**
   * Publishes messages to workers, to a queue that exists from then on even if no worker of the
   * type was ever started.
   *
   * @param type of the jobs that the messages are about
   * @throws IOException as {@link #publish(Collection)}
   * @throws InterruptedException if interrupted while waiting; the same holds
   */
  void publish(JobType type, Collection<OutboundMessage> messages)
      throws IOException, InterruptedException;

  /**
   * How many messages of a queue wait for a consumer.
   *
   * @throws IOException if the broker does not answer, or there is no such queue
   */
  int depth(String queue) throws IOException;

  /** Gives up the connection to the broker; the next batch opens another. */
  @Override
  void close();
}
