package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.JobPublisher;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.QueueNames;
import io.millrace.testing.PrivatePostgres;
import io.millrace.testing.TestBroker;
import io.millrace.worker.signal.WorkerEvent;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a worker does while its servers are away, and after. */
class OutageIT {

  private static final int JOBS = 2_000;

  @AutoClose private final PrivatePostgres postgres = PrivatePostgres.start();
  @AutoClose private final TestBroker broker = TestBroker.fresh();

  @Test
  void losesNothingWhenTheDatabaseIsKilledAndEveryConnectionIsCut() throws Exception {
    try (WorkerUnderTest worker =
            WorkerUnderTest.start(
                broker.amqpUri(),
                postgres.jdbcUrl(),
                postgres.user(),
                postgres.password(),
                "spring.datasource.hikari.connection-timeout=500");
        JobPublisher publisher = JobPublisher.connect(broker.amqpUri().toString())) {
      publish(publisher, 0, JOBS / 2);
      worker.await(WorkerEvent.JobEnded.class, _ -> true);

      postgres.kill();
      publish(publisher, JOBS / 2, JOBS);
      worker.await(WorkerEvent.DatabaseLost.class, _ -> true);
      postgres.restart();
      worker.await(WorkerEvent.DatabaseBack.class, _ -> true);

      worker.forget();
      broker.closeAllConnections();
      worker.await(WorkerEvent.BrokerConnected.class, _ -> true);
      publish(publisher, JOBS, JOBS + 10);
      awaitSuccesses(worker, JOBS + 10);

      // What the cut connections had delivered comes again, and is recognised.
      String queue = QueueNames.of(new JobType("test.multiply"), Lane.NORMAL);
      awaitEmpty(queue);
      worker.stop();
      assertThat(broker.queueDepth(queue)).as("messages left unacknowledged").isZero();
    }
  }

  private void awaitEmpty(String queue) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (broker.queueDepth(queue) > 0) {
      assertThat(System.nanoTime()).as("time left").isLessThan(deadline);
    }
  }

  private static void publish(JobPublisher publisher, int from, int to) {
    for (int i = from; i < to; i++) {
      publisher
          .job("test.multiply")
          .messageId("outage-" + i)
          .payload(new TestHandlers.Factors(i, 2))
          .publish();
    }
  }

  private static void awaitSuccesses(WorkerUnderTest worker, int jobs) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    int succeeded = 0;
    while (succeeded < jobs) {
      assertThat(System.nanoTime()).as("time left, %d succeeded", succeeded).isLessThan(deadline);
      succeeded =
          worker
              .jdbc()
              .sql("SELECT count(*) FROM job WHERE state = 'SUCCEEDED'")
              .query(Integer.class)
              .single();
    }
  }
}
