package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.job.JobState;
import io.millrace.testing.RequiresRabbitMq;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import io.millrace.worker.hostile.HostileMessage;
import io.millrace.worker.hostile.HostileMessages;
import io.millrace.worker.signal.WorkerEvent.BrokerLost;
import io.millrace.worker.signal.WorkerEvent.DatabaseLost;
import io.millrace.worker.signal.WorkerEvent.DuplicateRecognised;
import io.millrace.worker.signal.WorkerEvent.WorkerEnded;
import io.millrace.worker.signal.WorkerEvent.WorkerStarted;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Many messages that are wrong in every way that the broker still takes: none ends the worker,
 * blocks it or is lost. {@code -Dmillrace.fuzz.messages} says how many, {@code -Dmillrace.seed}
 * which.
 */
@RequiresRabbitMq
class FuzzIT {

  private static final int MESSAGES = Integer.getInteger("millrace.fuzz.messages", 10_000);
  private static final long SEED = Long.getLong("millrace.seed", 20_261_122);
  private static final int BATCH = 1_000;
  private static final int AHEAD = 4_000;
  private static final long DEEP_STACK = 512L << 20;

  private static final String NUMBERS =
      """
      SELECT substr(n, length('number-') + 1)::integer FROM (
        SELECT correlation_id FROM job
        UNION SELECT properties ->> 'correlation_id' FROM quarantine
      ) AS said (n)
      WHERE n LIKE 'number-%'
      """;

  /** A job that may not begin before a time to come waits for the dispatcher, which is not here. */
  private static final String UNFINISHED =
      """
      SELECT count(*) FROM job
      WHERE state IN ('QUEUED', 'RUNNING')
        OR state = 'WAITING' AND (wait_reason <> 'SCHEDULED' OR due_at < now())
      """;

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final String user = broker.amqpUri().getUserInfo().split(":", 2)[0];
  private final HostileMessages messages = new HostileMessages(new SplittableRandom(SEED), user);

  @Test
  void noneCrashesOrBlocksTheWorkerAndNoneIsLost() throws Exception {
    System.out.println("FuzzIT: -Dmillrace.seed=" + SEED);
    try (WorkerUnderTest worker = start()) {
      jdbc.sql("CREATE TABLE account (job uuid NOT NULL, amount bigint NOT NULL)").update();
      publishAll(worker);
      worker.publish("test.multiply", "good", "{\"left\":6,\"right\":7}");
      worker.awaitEnd("good", JobState.SUCCEEDED);
      worker.awaitTaken(MESSAGES + 1);

      assertThat(worker.count(WorkerStarted.class, _ -> true)).isEqualTo(1);
      assertThat(worker.count(WorkerEnded.class, _ -> true)).isZero();
      assertThat(worker.count(BrokerLost.class, _ -> true)).isZero();
      assertThat(worker.count(DatabaseLost.class, _ -> true)).isZero();

      worker.stop();
      assertThat(queues()).allSatisfy(queue -> assertThat(broker.queueDepth(queue)).isZero());
      assertEveryMessageIsAccountedFor(worker);
    }
  }

  private WorkerUnderTest start() throws Exception {
    return WorkerUnderTest.start(
        broker.amqpUri(),
        database.jdbcUrl(),
        database.user(),
        database.password(),
        "millrace.worker.max-payload=10KB",
        "millrace.retry.attempts=1",
        "millrace.tenants.spokesmen=" + user,
        "logging.level.millrace=ERROR");
  }

  /** From a thread with a deep stack: the client writes nested headers by recursion. */
  private void publishAll(WorkerUnderTest worker) throws Exception {
    FutureTask<Integer> publishing = new FutureTask<>(() -> publishNow(worker));
    Thread.ofPlatform().stackSize(DEEP_STACK).start(publishing);
    assertThat(publishing.get()).isEqualTo(MESSAGES);
  }

  private int publishNow(WorkerUnderTest worker) throws Exception {
    int published = 0;
    try (Connection connection = broker.connect();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      while (published < MESSAGES) {
        HostileMessage message = messages.next();
        channel.basicPublish(
            message.exchange(), message.routingKey(), message.properties(), message.body());
        published++;
        if (published % BATCH == 0 || published == MESSAGES) {
          channel.waitForConfirmsOrDie(30_000);
          worker.awaitTaken(published - AHEAD);
        }
      }
    }
    return published;
  }

  private static Stream<String> queues() {
    return Stream.concat(
        Stream.of(QueueNames.UNROUTED, QueueNames.DEAD),
        HostileMessages.TYPES.stream()
            .map(JobType::new)
            .flatMap(
                type ->
                    Stream.concat(
                        Stream.of(QueueNames.dispatch(type)),
                        Arrays.stream(Lane.values()).map(lane -> QueueNames.of(type, lane)))));
  }

  /** What is in no table was recognised as a repeat, and every number is in one of them. */
  private void assertEveryMessageIsAccountedFor(WorkerUnderTest worker) {
    long jobs = number("SELECT count(*) FROM job");
    long refused = number("SELECT sum(arrivals) FROM quarantine");
    long repeats = worker.count(DuplicateRecognised.class, _ -> true);
    System.out.printf(
        "FuzzIT: %d messages: %d jobs, %d refused, %d repeats%n",
        MESSAGES, jobs - 1, refused, repeats);

    assertThat(jobs + refused + repeats).isEqualTo(MESSAGES + 1);
    assertThat(number(UNFINISHED)).isZero();
    assertThat(missing()).isEmpty();
  }

  /** The numbers that are neither a job's nor in quarantine, and that are no repeats. */
  private List<Integer> missing() {
    BitSet missing = new BitSet();
    missing.set(0, messages.numbers());
    jdbc.sql(NUMBERS).query(Integer.class).list().forEach(missing::clear);
    return missing.stream().filter(messages::isTraceable).boxed().toList();
  }

  private long number(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
