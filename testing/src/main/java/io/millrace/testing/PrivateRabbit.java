package io.millrace.testing;

import java.net.URI;

/**
 * A RabbitMQ of the test's own, to be killed and stopped at will: one node, which never meets
 * another of the machine. Not thread-safe.
 *
 * <p>It needs a {@code rabbitmq-server} on the machine: mark the test with {@code
 * RequiresRabbitMq(killable = true)}.
 */
public final class PrivateRabbit implements AutoCloseable {

  private final ErlangNetwork network;
  private final RabbitNode node;

  private PrivateRabbit(ErlangNetwork network, RabbitNode node) {
    this.network = network;
    this.node = node;
  }

  /** Whether the machine has a {@code rabbitmq-server}. */
  public static boolean isAvailable() {
    return RabbitPrograms.server().isPresent();
  }

  /** Starts a new, empty node and returns when it takes connections, after some 8 s. */
  public static PrivateRabbit start() {
    ErlangNetwork network = new ErlangNetwork();
    try {
      return new PrivateRabbit(network, RabbitNode.start(network));
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** The address of the virtual host {@code millrace}. */
  public URI amqpUri() {
    return address().virtualHost(RabbitNode.VIRTUAL_HOST);
  }

  /** The management plugin's address, with user and password. */
  public URI managementUri() {
    return node.managementUri();
  }

  BrokerAddress address() {
    return node.address();
  }

  /**
   * SIGKILL: the node is gone at once, as in a power cut. Nothing happens if it is down.
   *
   * <p>RabbitMQ saves its list of quorum queues every half second: one that was declared just
   * before does not answer after the restart (seen with 3.10.8). Its messages are another matter;
   * what was confirmed is kept.
   */
  public void kill() {
    node.kill();
  }

  /** Starts the node that was killed again, on the same ports and data. */
  public void restart() {
    node.restart();
  }

  /** SIGSTOP: the node does not answer, and its connections stay open. */
  public void pause() {
    node.pause();
  }

  /** SIGCONT: ends a pause. */
  public void resume() {
    node.resume();
  }

  /** Kills the node and removes its data. */
  @Override
  public void close() {
    try (network;
        node) {
      // the node first
    }
  }
}
