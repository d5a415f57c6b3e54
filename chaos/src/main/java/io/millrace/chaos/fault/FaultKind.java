package io.millrace.chaos.fault;

/** What is done to the engine. */
public enum FaultKind {
  KILL_WORKER("SIGKILL to a worker"),
  STOP_WORKER("SIGTERM to a worker"),
  FREEZE_WORKER("SIGSTOP to a worker, SIGCONT after its lease"),
  KILL_SCHEDULER("SIGKILL to a scheduler"),
  KILL_BROKER("SIGKILL to RabbitMQ"),
  CUT_CONNECTIONS("every AMQP connection cut"),
  KILL_DATABASE("SIGKILL to PostgreSQL"),
  TERMINATE_SESSIONS("every PostgreSQL session ended");

  private final String words;

  FaultKind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
