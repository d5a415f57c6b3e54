package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.handler.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManyCallsIT {

  private static final int CALLS = 2_000;

  private final AtomicInteger threadsMeanwhile = new AtomicInteger();
  private final CallsUnderTest calls = new CallsUnderTest();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(CALLS);
    server.addConnector(connector);
    server.setHandler(new Crowd());
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    calls.close();
    server.stop();
  }

  @Test
  void waitsForThousandsOfAnswersAtATimeWithFewThreads() throws Exception {
    HttpRequest request =
        HttpRequest.get("http://api.test:" + connector.getLocalPort() + "/")
            .within(Duration.ofMinutes(2));
    CallPolicy policy = calls.within(Duration.ofMinutes(2), 0);
    int threadsBefore = Thread.getAllStackTraces().size();

    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLS; i++) {
        answers.add(callers.submit(() -> calls.call(request, policy)));
      }
    }

    for (Future<Answer> answer : answers) {
      assertThat(answer.get().response().status()).isEqualTo(204);
    }
    assertThat(threadsMeanwhile.get() - threadsBefore).isLessThan(200);
  }

  /** Answers nobody until all have come. */
  private final class Crowd extends Handler.Abstract.NonBlocking {

    private final List<Runnable> waiting = new ArrayList<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.setStatus(204);
      for (Runnable answer : andTheOthers(callback::succeeded)) {
        answer.run();
      }
      return true;
    }

    private synchronized List<Runnable> andTheOthers(Runnable answer) {
      waiting.add(answer);
      if (waiting.size() < CALLS) {
        return List.of();
      }
      threadsMeanwhile.set(Thread.getAllStackTraces().size());
      return List.copyOf(waiting);
    }
  }
}
