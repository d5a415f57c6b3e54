package io.millrace.testing;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A RabbitMQ of the test's own, of one or several nodes that can be killed one by one. Not
 * thread-safe.
 */
public final class PrivateRabbitCluster implements AutoCloseable {

  private static final Duration JOIN_LIMIT = Duration.ofMinutes(1);

  private final ErlangNetwork network = new ErlangNetwork();
  private final List<RabbitNode> nodes = new ArrayList<>();

  private PrivateRabbitCluster() {}

  /**
   * Starts new, empty nodes, and returns when all have joined and take connections, after some 8 s
   * each.
   */
  public static PrivateRabbitCluster start(int size) {
    PrivateRabbitCluster cluster = new PrivateRabbitCluster();
    try {
      cluster.grow(size);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The address of the virtual host {@code millrace}, with every node in it. */
  public String amqpUri() {
    return "amqp://%s:%s@%s/%s"
        .formatted(
            RabbitNode.USER,
            RabbitNode.PASSWORD,
            nodes.stream().map(RabbitNode::amqpNode).collect(joining(",")),
            RabbitNode.VIRTUAL_HOST);
  }

  /** The address of the management plugin of a node that runs, with user and password. */
  public URI managementUri() {
    return running().managementUri();
  }

  /** What RabbitMQ calls its nodes. */
  public List<String> names() {
    return nodes.stream().map(RabbitNode::name).toList();
  }

  /** SIGKILL: the node is gone at once. Nothing happens if it is down. */
  public void kill(String name) {
    node(name).kill();
  }

  /** Starts the node that was killed again, on the same ports and data. */
  public void restart(String name) {
    node(name).restart();
  }

  /** Closes all connections that the nodes have in their list: those they let in a while ago. */
  public void cutConnections() {
    running().cutConnections();
  }

  /** Kills the nodes and removes their data. */
  @Override
  public void close() {
    nodes.reversed().forEach(RabbitNode::close);
    network.close();
  }

  private void grow(int size) {
    nodes.add(RabbitNode.start(network));
    while (nodes.size() < size) {
      nodes.add(RabbitNode.join(nodes.getFirst()));
    }
    for (RabbitNode node : nodes) {
      node.awaitCluster(size, JOIN_LIMIT);
    }
  }

  private RabbitNode running() {
    return nodes.stream()
        .filter(RabbitNode::isRunning)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no node of RabbitMQ is running"));
  }

  private RabbitNode node(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("RabbitMQ has no node " + name));
  }
}
