package io.millrace.chaos.fault;

import io.millrace.chaos.engine.ServerSettings;
import java.util.Arrays;
import java.util.List;

/** What is done to the engine. */
public enum FaultKind {
  KILL_WORKER("SIGKILL to a worker"),
  STOP_WORKER("SIGTERM to a worker"),
  FREEZE_WORKER("SIGSTOP to a worker, SIGCONT after its lease"),
  KILL_SCHEDULER("SIGKILL to a scheduler"),
  KILL_BROKER("SIGKILL to RabbitMQ"),
  KILL_LEADER("SIGKILL to a RabbitMQ node that leads a queue"),
  CUT_CONNECTIONS("every AMQP connection cut"),
  KILL_DATABASE("SIGKILL to PostgreSQL"),
  TERMINATE_SESSIONS("every PostgreSQL session ended"),
  FILL_DISK("PostgreSQL's disk full");

  private final String words;

  FaultKind(String words) {
    this.words = words;
  }

  /** Those that such servers can take. */
  public static List<FaultKind> on(ServerSettings servers) {
    return Arrays.stream(values()).filter(kind -> kind.hits(servers)).toList();
  }

  private boolean hits(ServerSettings servers) {
    return switch (this) {
      case KILL_BROKER -> !servers.isCluster();
      case KILL_LEADER -> servers.isCluster();
      case FILL_DISK -> servers.smallDisk();
      case KILL_WORKER,
          STOP_WORKER,
          FREEZE_WORKER,
          KILL_SCHEDULER,
          CUT_CONNECTIONS,
          KILL_DATABASE,
          TERMINATE_SESSIONS ->
          true;
    };
  }

  public String words() {
    return words;
  }
}
