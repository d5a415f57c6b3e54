package io.millrace.chaos.engine;

import io.millrace.chaos.work.JobKind;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.Pause;
import io.millrace.core.broker.QueueNames;
import io.millrace.testing.PrivatePostgres;
import io.millrace.testing.PrivateRabbitCluster;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The servers of an engine, and what can be done to them. Thread-safe; one thing is done to the
 * broker at a time, and one to the database, so that no more than one node is down.
 */
public final class Servers implements AutoCloseable {

  private static final Duration ELECTED = Duration.ofMillis(200);
  private static final Duration FILLED = Duration.ofMillis(200);
  private static final int MOST_LOOKS = 50;

  private final PrivateRabbitCluster rabbit;
  private final PrivatePostgres postgres;
  private final Object broker = new Object();
  private final Object database = new Object();

  private Servers(PrivateRabbitCluster rabbit, PrivatePostgres postgres) {
    this.rabbit = rabbit;
    this.postgres = postgres;
  }

  /** Starts them; every node of RabbitMQ has joined its cluster. */
  static Servers start(ServerSettings settings) {
    PrivateRabbitCluster rabbit = PrivateRabbitCluster.start(settings.nodes());
    try {
      return new Servers(
          rabbit,
          settings.smallDisk() ? PrivatePostgres.startOnSmallDisk() : PrivatePostgres.start());
    } catch (RuntimeException e) {
      rabbit.close();
      throw e;
    }
  }

  /** The broker's address, with every node in it. */
  public String brokerUri() {
    return rabbit.amqpUri();
  }

  public URI managementUri() {
    return rabbit.managementUri();
  }

  public DataSource dataSource() {
    return postgres.dataSource();
  }

  /** What a process of the engine has to know. */
  Map<String, String> environment() {
    return Map.of(
        "MILLRACE_BROKER_URI", rabbit.amqpUri(),
        "MILLRACE_DATABASE_URL", postgres.jdbcUrl(),
        "MILLRACE_DATABASE_USER", postgres.user(),
        "MILLRACE_DATABASE_PASSWORD", postgres.password());
  }

  /** SIGKILL to RabbitMQ, and a restart after {@code down}. */
  public void killBroker(Duration down) throws InterruptedException {
    synchronized (broker) {
      killNode(rabbit.names().getFirst(), down);
    }
  }

  /**
   * SIGKILL to the node that leads the queue of {@code kind}'s messages, and a restart after {@code
   * down}.
   *
   * @return the node
   */
  public String killLeader(JobKind kind, Duration down) throws IOException, InterruptedException {
    String queue = QueueNames.of(new JobType(kind.type()), Lane.NORMAL);
    synchronized (broker) {
      String leader = leaderOf(queue);
      killNode(leader, down);
      return leader;
    }
  }

  /** Closes every connection to RabbitMQ from its side. */
  public void cutConnections() {
    synchronized (broker) {
      rabbit.cutConnections();
    }
  }

  /** SIGKILL to PostgreSQL, and a restart after {@code down}. */
  public void killDatabase(Duration down) throws InterruptedException {
    synchronized (database) {
      postgres.kill();
      Pause.THREAD.rest(down);
      postgres.restart();
    }
  }

  /** Ends every session of PostgreSQL from its side. */
  public void terminateSessions() {
    synchronized (database) {
      new Sessions(dataSource()).terminate();
    }
  }

  /**
   * Leaves PostgreSQL's disk no room for {@code time}. What is written then may end as an error, or
   * as a crash of the server, if its log has no room either: {@code alsoLog} sees to that.
   *
   * @return what the server made of it
   */
  public String fillDisk(Duration time, boolean alsoLog) throws InterruptedException {
    synchronized (database) {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        postgres.fillDisk(); // again and again: the server gives up files of its own
        if (alsoLog) {
          new Sessions(dataSource()).trySwitchLog();
        }
        Pause.THREAD.rest(FILLED);
      }
      postgres.freeDisk();
      return postgres.recover() ? "it had to be started again" : "it went on by itself";
    }
  }

  /** Returns when every queue has a replica on every node. */
  public void awaitReplicas() throws IOException, InterruptedException {
    int nodes = rabbit.names().size();
    try (Queues queues = new Queues(managementUri())) {
      Map<String, Integer> members = queues.members();
      for (int look = 0; members.isEmpty() || !all(members, nodes); look++) {
        if (look == MOST_LOOKS) {
          throw new IllegalStateException(
              "not every queue is on %d nodes: %s".formatted(nodes, members));
        }
        Pause.THREAD.rest(ELECTED);
        members = queues.members();
      }
    }
  }

  private static boolean all(Map<String, Integer> members, int nodes) {
    return members.values().stream().allMatch(count -> count == nodes);
  }

  /** Kills them and removes their data. */
  @Override
  public void close() {
    try (rabbit;
        postgres) {
      // the database first
    }
  }

  private void killNode(String name, Duration down) throws InterruptedException {
    rabbit.kill(name);
    Pause.THREAD.rest(down);
    rabbit.restart(name);
  }

  /** The last fault may not be long past: its queues may still be about to elect. */
  private String leaderOf(String queue) throws IOException, InterruptedException {
    try (Queues queues = new Queues(managementUri())) {
      for (int look = 0; look < MOST_LOOKS; look++) {
        Optional<String> leader = queues.leader(queue).filter(rabbit.names()::contains);
        if (leader.isPresent()) {
          return leader.get();
        }
        Pause.THREAD.rest(ELECTED);
      }
    }
    throw new IllegalStateException("the queue %s has no leader".formatted(queue));
  }
}
