package io.millrace.chaos.engine;

/**
 * What the servers of an engine are like.
 *
 * @param nodes how many nodes of RabbitMQ make up the broker
 */
public record ServerSettings(int nodes) {

  public static final ServerSettings PLAIN = new ServerSettings(1);

  /** Whether the broker goes on without one of its nodes. */
  public boolean isCluster() {
    return nodes > 1;
  }
}
