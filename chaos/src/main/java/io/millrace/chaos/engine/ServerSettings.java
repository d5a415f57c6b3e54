package io.millrace.chaos.engine;

/**
 * What the servers of an engine are like.
 *
 * @param nodes how many nodes of RabbitMQ make up the broker
 * @param smallDisk whether PostgreSQL has a disk of its own that can be filled up
 */
public record ServerSettings(int nodes, boolean smallDisk) {

  public static final ServerSettings PLAIN = new ServerSettings(1, false);

  /** Whether the broker goes on without one of its nodes. */
  public boolean isCluster() {
    return nodes > 1;
  }
}
