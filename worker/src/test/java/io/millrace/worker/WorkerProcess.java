package io.millrace.worker;

import io.millrace.testing.PrivateProcess;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A worker with the handlers of the tests, as a process of its own that can be killed. */
public final class WorkerProcess {

  private WorkerProcess() {}

  public static void main(String[] args) {
    new SpringApplicationBuilder(WorkerApplication.class, TestHandlers.class).run(args);
  }

  static PrivateProcess start(TestBroker broker, TestDatabase database) {
    return PrivateProcess.running(WorkerProcess.class)
        .environment("SERVER_PORT", "0")
        .environment("MILLRACE_BROKER_URI", broker.amqpUri().toString())
        .environment("MILLRACE_DATABASE_URL", database.jdbcUrl())
        .environment("MILLRACE_DATABASE_USER", database.user())
        .environment("MILLRACE_DATABASE_PASSWORD", database.password())
        .environment("MILLRACE_LEASE_HEARTBEAT", "200ms")
        .environment("MILLRACE_LEASE_DEADAFTER", "2s")
        .start();
  }
}
