package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.JobPublisher;
import io.millrace.testing.Await;
import io.millrace.testing.PrivateProcess;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A job that ends every worker that runs it, among others that do not. */
class PoisonIT {

  private static final int INNOCENTS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(300);

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

  @Test
  void convictsTheCulpritAndNobodyElse() {
    PrivateProcess worker = WorkerProcess.start(broker, database);
    worker.awaitLine("consuming", PATIENCE);
    publish();

    int deaths = 0;
    while (endsBeforeAllIsDone(worker)) {
      deaths++;
      worker.close();
      worker = WorkerProcess.start(broker, database);
    }
    worker.close();

    assertThat(count("state = 'SUCCEEDED'")).isEqualTo(INNOCENTS);
    assertThat(
            jdbc.sql("SELECT failure_class FROM job WHERE state = 'FAILED'")
                .query(String.class)
                .single())
        .isEqualTo("CRASHED_WORKER");
    // Unrecorded, then twice in company, then alone.
    assertThat(deaths).isBetween(3, 4);
  }

  @Test
  void survivesAHandlerThatHasNoStackOrNoMemoryLeft() {
    try (PrivateProcess worker = WorkerProcess.start(broker, database);
        JobPublisher publisher = JobPublisher.connect(broker.amqpUri().toString())) {
      worker.awaitLine("consuming", PATIENCE);
      for (int i = 0; i < 4; i++) {
        publish(publisher, "test.greedy", "greedy-" + i, i % 2);
        publish(publisher, "test.multiply", "modest-" + i, i);
      }

      assertThat(Await.until(() -> !worker.isAlive() || haveAllMetTheirEnd(), PATIENCE)).isTrue();
      assertThat(worker.isAlive()).isTrue();

      assertThat(
              jdbc.sql("SELECT DISTINCT failure_class FROM job_attempt").query(String.class).list())
          .containsExactlyInAnyOrder("java.lang.StackOverflowError", "java.lang.OutOfMemoryError");
      assertThat(worker.lines()).noneMatch(line -> line.contains("the pipeline broke"));
    }
  }

  /** Waits for either. */
  private boolean endsBeforeAllIsDone(PrivateProcess worker) {
    assertThat(Await.until(() -> !worker.isAlive() || isAllDone(), PATIENCE)).isTrue();
    return !isAllDone();
  }

  private boolean haveAllMetTheirEnd() {
    return count("state = 'SUCCEEDED'") >= 4 && count("failures > 0") >= 4;
  }

  private boolean isAllDone() {
    return count("state IN ('SUCCEEDED', 'FAILED')") == INNOCENTS + 1;
  }

  private void publish() {
    try (JobPublisher publisher = JobPublisher.connect(broker.amqpUri().toString())) {
      publish(publisher, "test.crash", "culprit", 1);
      for (int i = 0; i < INNOCENTS; i++) {
        publish(publisher, "test.slow", "innocent-" + i, i);
      }
    }
  }

  private static void publish(JobPublisher publisher, String type, String messageId, int left) {
    publisher
        .job(type)
        .messageId(messageId)
        .payload(new TestHandlers.Factors(left, 2))
        .publish()
        .join();
  }

  private int count(String condition) {
    return jdbc.sql("SELECT count(*) FROM job WHERE " + condition).query(Integer.class).single();
  }
}
