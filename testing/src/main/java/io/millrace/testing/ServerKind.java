package io.millrace.testing;

import java.util.function.Supplier;

/** The two servers that the tests share, and how each is started. */
enum ServerKind {
  BROKER {
    @Override
    RunningServer start() {
      return inContainer(Containers::broker, this::startNode);
    }

    private RunningServer startNode() {
      PrivateRabbit rabbit = PrivateRabbit.start();
      return new RunningServer(rabbit.address(), rabbit::close);
    }
  },

  DATABASE {
    @Override
    RunningServer start() {
      return inContainer(Containers::database, this::startServer);
    }

    private RunningServer startServer() {
      PrivatePostgres postgres = PrivatePostgres.temporary();
      return new RunningServer(postgres.address(), postgres::close);
    }
  };

  abstract RunningServer start();

  private static RunningServer inContainer(
      Supplier<RunningServer> container, Supplier<RunningServer> process) {
    if (!Docker.answers()) {
      return process.get();
    }
    try {
      return container.get();
    } catch (RuntimeException e) {
      Console.warn("Docker answers, and a container does not start: " + e.getMessage());
      return process.get();
    }
  }
}
