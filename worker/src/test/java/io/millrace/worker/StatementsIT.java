package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import io.millrace.client.JobPublisher;
import io.millrace.client.contract.JobType;
import io.millrace.core.broker.Topology;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import io.millrace.worker.signal.WorkerEvent.BatchTaken;
import io.millrace.worker.signal.WorkerEvent.GroupSettled;
import io.millrace.worker.signal.WorkerEvent.JobEnded;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a message costs the database: no statement of its own. */
class StatementsIT {

  private static final int JOBS = 5_000;

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();

  @Test
  void writesABatchWithAHandfulOfStatements() throws Exception {
    try (Connection connection = broker.connect()) {
      Topology.declareCommon(connection);
      Topology.declareTypes(connection, List.of(new JobType("test.multiply")));
    }
    publishAll();
    StatementCounter.reset();

    try (WorkerUnderTest worker =
        WorkerUnderTest.start(
            broker.amqpUri(),
            database.jdbcUrl(),
            database.user(),
            database.password(),
            "millrace.lease.heartbeat=10s",
            "millrace.lease.dead-after=60s",
            "millrace.settlement.record-after=1m",
            "spring.datasource.driver-class-name=" + StatementCounter.class.getName(),
            "spring.datasource.hikari.maximum-pool-size=4")) {
      worker.awaitCount(JobEnded.class, JOBS);

      long batches = worker.count(BatchTaken.class, _ -> true);
      long groups = worker.count(GroupSettled.class, _ -> true);
      assertThat(StatementCounter.onJobs())
          .as("one look for each of %d batches, one insert for each of %d groups", batches, groups)
          .isBetween(groups, batches + groups);
      assertThat(StatementCounter.onJobs()).isLessThan(JOBS / 5);
    }
  }

  private void publishAll() {
    try (JobPublisher publisher = JobPublisher.connect(broker.amqpUri().toString())) {
      IntStream.range(0, JOBS)
          .forEach(
              i ->
                  publisher
                      .job("test.multiply")
                      .messageId("count-" + i)
                      .payload(new TestHandlers.Factors(i, 2))
                      .publish());
    }
  }
}
