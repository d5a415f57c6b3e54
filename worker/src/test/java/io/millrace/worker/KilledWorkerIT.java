package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.millrace.client.JobPublisher;
import io.millrace.client.PublishedJob;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.QueueNames;
import io.millrace.testing.PrivateProcess;
import io.millrace.testing.RequiresRabbitMq;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workers that end in the middle of their work, by force and by request. */
@RequiresRabbitMq
class KilledWorkerIT {

  private static final int JOBS = 30_000;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String QUEUE = QueueNames.of(new JobType("test.multiply"), Lane.NORMAL);

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

  @Test
  void succeedsWithEveryJobOnceThoughItIsKilledThreeTimes() {
    PrivateProcess worker = WorkerProcess.start(broker, database);
    worker.awaitLine("consuming", PATIENCE);
    worker.pause(); // or it is done with them before the last is published
    publishAll();
    worker.resume();
    for (int kill = 1; kill <= KILLS; kill++) {
      awaitEnded(JOBS * kill / 10);
      worker.kill();
      worker.close();
      assertThat(ended()).as("killed in the middle of its work").isLessThan(JOBS);
      worker = WorkerProcess.start(broker, database);
    }

    awaitEnded(JOBS);
    worker.terminate();
    worker.awaitExit(PATIENCE);
    worker.close();

    assertThat(count("state = 'SUCCEEDED' AND attempt >= 1")).isEqualTo(JOBS);
    assertThat(sumOfResults()).isEqualTo(expectedSum());
    assertThat(broker.queueDepth(QUEUE)).as("messages left").isZero();
  }

  @Test
  void finishesWhatItHasTakenWhenItIsAskedToStop() throws Exception {
    try (PrivateProcess worker = WorkerProcess.start(broker, database)) {
      worker.awaitLine("consuming", PATIENCE);
      publishAll();
      awaitEnded(JOBS / 10);

      worker.terminate();
      worker.awaitExit(PATIENCE);

      assertThat(worker.lines())
          .anyMatch(line -> line.contains("worker ended") && line.contains("reason=stopped"));
    }
    int left = 0;
    List<String> deliveredBefore = new ArrayList<>();
    try (Connection connection = broker.connect();
        Channel channel = connection.createChannel()) {
      GetResponse message = channel.basicGet(QUEUE, true);
      while (message != null) {
        left++;
        if (message.getEnvelope().isRedeliver()) {
          deliveredBefore.add(message.getProps().getMessageId());
        }
        message = channel.basicGet(QUEUE, true);
      }
    }
    assertThat(deliveredBefore)
        .as("%d of %d left were delivered before, %d ended", deliveredBefore.size(), left, ended())
        .isEmpty();
    assertThat(left + ended()).isEqualTo(JOBS);
    assertThat(count("state <> 'SUCCEEDED'")).isZero();
  }

  private void publishAll() {
    List<CompletableFuture<PublishedJob>> confirms = new ArrayList<>();
    try (JobPublisher publisher = JobPublisher.connect(broker.amqpUri().toString())) {
      for (int i = 0; i < JOBS; i++) {
        confirms.add(
            publisher
                .job("test.multiply")
                .messageId("kill-" + i)
                .payload(new TestHandlers.Factors(i, 3))
                .publish());
      }
      CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
    }
  }

  private void awaitEnded(int jobs) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ended() < jobs) {
      assertThat(System.nanoTime())
          .as("time left, %d of %d ended", ended(), jobs)
          .isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private int ended() {
    return count("finished_at IS NOT NULL");
  }

  private int count(String condition) {
    return jdbc.sql("SELECT count(*) FROM job WHERE " + condition).query(Integer.class).single();
  }

  private long sumOfResults() {
    return jdbc.sql("SELECT sum((convert_from(result, 'UTF8')::json ->> 'value')::bigint) FROM job")
        .query(Long.class)
        .single();
  }

  private static long expectedSum() {
    long sum = 0;
    for (int i = 0; i < JOBS; i++) {
      sum += 3L * i;
    }
    return sum;
  }
}
