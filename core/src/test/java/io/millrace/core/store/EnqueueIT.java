package io.millrace.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.EnqueuedJob;
import io.millrace.client.JobOutbox;
import io.millrace.client.OutboxDraft;
import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.WaitReason;
import io.millrace.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

class EnqueueIT {

  private static final JobOutbox OUTBOX = JobOutbox.create();
  private static final JobType TYPE = new JobType("loan.amortize");

  @AutoClose private static final MigratedDatabase DATABASE = MigratedDatabase.fresh();

  private final JdbcClient jdbc = DATABASE.jdbc();
  private final JobStore store = new JdbcJobStore(jdbc);

  private final String run = UUID.randomUUID().toString();

  @AutoClose private Connection connection;

  @BeforeEach
  void begin() throws SQLException {
    connection = transaction();
  }

  @Test
  void isThereIfAndOnlyIfItsTransactionCommits() throws SQLException {
    EnqueuedJob lost = aJob("lost").enqueue(connection);
    assertThat(store.find(lost.id())).isEmpty();
    connection.rollback();
    EnqueuedJob kept = aJob("kept").enqueue(connection);
    connection.commit();

    assertThat(lost.isNew()).isTrue();
    assertThat(store.find(lost.id())).isEmpty();
    assertThat(kept).isEqualTo(new EnqueuedJob(idOf("kept"), true));
    Job job = store.find(kept.id()).orElseThrow();
    assertThat(job.standing().state()).isEqualTo(JobState.WAITING);
    assertThat(job.standing().waitReason()).isEqualTo(WaitReason.SCHEDULED);
    assertThat(job.standing().dueAt()).isEqualTo(job.times().createdAt());
    assertThat(job.standing().attempt()).isEqualTo(1);
    assertThat(job.order().options()).isEqualTo(JobOptions.NONE);
    assertThat(job.order().payload()).asString(UTF_8).isEqualTo("{\"loan\":1}");
    assertThat(job.order().fingerprint())
        .isEqualTo(Fingerprint.of(TYPE, "{\"loan\":1}".getBytes(UTF_8)));
  }

  @Test
  void keepsAllThatTheMessageSays() throws SQLException {
    Instant due = Instant.parse("2030-01-02T03:04:05.123456Z");
    JobOptions options =
        new JobOptions(
            Lane.HIGH,
            due,
            due.plus(Duration.ofDays(1)),
            "unique " + run,
            "concurrency",
            "subject",
            "millrace.reply.x",
            "correlation",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "/source");

    EnqueuedJob enqueued =
        OUTBOX.enqueue(
            connection,
            new JobMessage(TYPE, "all \u00e4\uD83D\uDE00", run, "[1]".getBytes(UTF_8), options));
    connection.commit();

    Job job = store.find(enqueued.id()).orElseThrow();
    assertThat(job.standing().dueAt()).isEqualTo(due);
    assertThat(job.order().tenant()).isEqualTo(run);
    assertThat(job.order().messageId()).isEqualTo("all \u00e4\uD83D\uDE00");
    assertThat(job.order().options())
        .usingRecursiveComparison()
        .ignoringFields("notBefore") // the due time is its place
        .isEqualTo(options);
  }

  @Test
  void changesNothingTheSecondTime() throws SQLException {
    aJob("twice").enqueue(connection);
    EnqueuedJob inTheSameTransaction = aJob("twice").enqueue(connection);
    connection.commit();
    EnqueuedJob inTheNext = aJob("twice").enqueue(connection);

    assertThat(inTheSameTransaction.isNew()).isFalse();
    assertThat(inTheNext).isEqualTo(new EnqueuedJob(idOf("twice"), false));
  }

  @Test
  void refusesAMessageIdThatNamesAnotherJob() throws SQLException {
    aJob("reused").enqueue(connection);
    connection.commit();

    assertThatThrownBy(() -> aJob("reused").payload(2).enqueue(connection))
        .hasMessageContaining("'reused'")
        .hasMessageContaining(run)
        .hasFieldOrPropertyWithValue("SQLState", JobOutbox.MESSAGE_ID_REUSED);
  }

  @Test
  void wakesTheDispatcherOnceTheTransactionCommits() throws SQLException {
    try (Connection dispatcher = DATABASE.dataSource().getConnection();
        Statement listen = dispatcher.createStatement()) {
      listen.execute("LISTEN millrace_due");
      PGConnection listening = dispatcher.unwrap(PGConnection.class);

      aJob("wake-1").enqueue(connection);
      aJob("wake-2").enqueue(connection);
      listen.execute("SELECT 1");
      assertThat(listening.getNotifications()).isEmpty();

      connection.commit();
      assertThat(listening.getNotifications(5_000))
          .singleElement()
          .satisfies(it -> assertThat(it.getName()).isEqualTo("millrace_due"));
    }
  }

  @Test
  void cancelsADuplicateOfAnUnfinishedJobWithTheSameKey() throws SQLException {
    EnqueuedJob first = aJob("key-1").uniqueKey("k").enqueue(connection);
    EnqueuedJob second = aJob("key-2").uniqueKey("k").enqueue(connection);
    connection.commit();

    assertThat(second.isNew()).isTrue();
    Job duplicate = store.find(second.id()).orElseThrow();
    assertThat(duplicate.standing().state()).isEqualTo(JobState.CANCELLED);
    assertThat(duplicate.ending().duplicateOf()).isEqualTo(first.id());
    assertThat(duplicate.times().finishedAt()).isEqualTo(duplicate.times().createdAt());
    assertThat(announceDue(second)).isTrue();
    assertThat(announceDue(first)).isFalse();

    finish(first);
    EnqueuedJob third = aJob("key-3").uniqueKey("k").enqueue(connection);
    connection.commit();
    assertThat(store.find(third.id()).orElseThrow().standing().state()).isEqualTo(JobState.WAITING);
  }

  @Test
  void letsOneOfManyWithTheSameKeyWait() throws Exception {
    int jobs = 8;
    CountDownLatch together = new CountDownLatch(1);
    List<Future<EnqueuedJob>> enqueued = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      for (int i = 0; i < jobs; i++) {
        String messageId = "race-" + i;
        enqueued.add(
            threads.submit(
                () -> {
                  try (Connection mine = transaction()) {
                    together.await();
                    EnqueuedJob job = aJob(messageId).uniqueKey("race").enqueue(mine);
                    mine.commit();
                    return job;
                  }
                }));
      }
      together.countDown();
    }

    List<JobState> states = new ArrayList<>();
    for (Future<EnqueuedJob> each : enqueued) {
      states.add(store.find(each.get().id()).orElseThrow().standing().state());
    }
    assertThat(states).containsOnlyOnce(JobState.WAITING);
    assertThat(states).filteredOn(JobState.CANCELLED::equals).hasSize(jobs - 1);
  }

  @Test
  void findsTheKeyFreeOnceItsHolderHasEndedInAnotherTransaction() throws Exception {
    EnqueuedJob first = aJob("handover-1").uniqueKey("h").enqueue(connection);
    Future<EnqueuedJob> second;
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      second =
          threads.submit(
              () -> {
                try (Connection mine = transaction()) {
                  EnqueuedJob job = aJob("handover-2").uniqueKey("h").enqueue(mine);
                  mine.commit();
                  return job;
                }
              });
      awaitAWaitingTransaction();
      connection.rollback();
    }

    assertThat(store.find(first.id())).isEmpty();
    assertThat(store.find(second.get().id()).orElseThrow().standing().state())
        .isEqualTo(JobState.WAITING);
  }

  @Test
  void asksForAnotherTryWhereTheSnapshotIsTooOld() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    execute("SELECT 1");
    try (Connection other = transaction()) {
      aJob("snapshot").enqueue(other);
      other.commit();
    }

    assertThatThrownBy(() -> aJob("snapshot").enqueue(connection))
        .hasFieldOrPropertyWithValue("SQLState", "40001");
  }

  @Test
  void needsNoRightToTheTablesAndMindsNoSearchPath() throws SQLException {
    String role = "upstream_" + run.replace('-', '_');
    execute("CREATE ROLE " + role);
    try {
      execute("CREATE SCHEMA upstream AUTHORIZATION " + role);
      execute("CREATE TABLE upstream.job (id uuid)");
      execute("SET LOCAL search_path = upstream");
      execute("SET LOCAL ROLE " + role);
      execute("CREATE TEMPORARY TABLE job (id uuid)");
      OutboxDraft draft =
          OUTBOX.withSchema("public").job(TYPE.name()).tenant(run).messageId("r").payload(1);
      execute("SAVEPOINT before");
      assertThatThrownBy(() -> draft.enqueue(connection)).hasMessageContaining("permission denied");
      execute("ROLLBACK TO before");

      execute("RESET ROLE");
      execute("GRANT EXECUTE ON FUNCTION public.enqueue_job TO " + role);
      execute("SET LOCAL ROLE " + role);
      EnqueuedJob job = draft.enqueue(connection);
      execute("RESET ROLE");

      assertThat(count("SELECT count(*) FROM public.job WHERE id = ?", job.id())).isEqualTo(1);
    } finally {
      connection.rollback(); // the role and its schema go with it
    }
  }

  @Test
  void servesOtherLanguagesByNamesAndDerivesWhatIsLeftOut() {
    String enqueue =
        """
        SELECT enqueue_job(
          tenant => :tenant, type => 'loan.amortize', message_id => 'plain \u00e4', payload => '{"loan":1}')
        """;

    assertThat(jdbc.sql(enqueue).param("tenant", run).query(Boolean.class).single()).isTrue();
    assertThat(jdbc.sql(enqueue).param("tenant", run).query(Boolean.class).single()).isFalse();

    Job job = store.find(JobId.of(run, "plain \u00e4")).orElseThrow();
    assertThat(job.order().fingerprint())
        .isEqualTo(Fingerprint.of(TYPE, "{\"loan\":1}".getBytes(UTF_8)));
    assertThat(job.order().options().lane()).isEqualTo(Lane.NORMAL);
  }

  @Test
  void refusesWhatNoMessageCouldSay() throws SQLException {
    for (String parameters :
        List.of(
            "tenant => NULL, type => 't', message_id => 'm', payload => '1'",
            "tenant => '', type => 't', message_id => 'm', payload => '1'",
            "tenant => 'a', type => 'No Type', message_id => 'm', payload => '1'",
            "tenant => 'a', type => 't', message_id => repeat('m', 201), payload => '1'",
            "tenant => 'a', type => 't', message_id => E'm\\n', payload => '1'",
            "tenant => 'a', type => 't', message_id => 'm', payload => '1', unique_key => ''",
            "tenant => 'a', type => 't', message_id => 'm', payload => '1', reply_to => repeat('r', 256)")) {
      assertThatThrownBy(() -> execute("SELECT enqueue_job(%s)".formatted(parameters)))
          .as(parameters)
          .hasFieldOrPropertyWithValue("SQLState", "MR002");
      connection.rollback();
    }
  }

  private OutboxDraft aJob(String messageId) {
    return OUTBOX.job(TYPE.name()).tenant(run).messageId(messageId).payload(new Loan(1));
  }

  record Loan(int loan) {}

  private JobId idOf(String messageId) {
    return JobId.of(run, messageId);
  }

  private static Connection transaction() throws SQLException {
    Connection connection = DATABASE.dataSource().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count(String sql, JobId id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id.value());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private boolean announceDue(EnqueuedJob job) {
    return jdbc.sql("SELECT announce_due FROM job WHERE id = :id")
        .param("id", job.id().value())
        .query(Boolean.class)
        .single();
  }

  private void finish(EnqueuedJob job) {
    jdbc.sql(
            """
            UPDATE job SET state = 'CANCELLED', wait_reason = NULL, due_at = NULL, finished_at = now() WHERE id = :id
            """)
        .param("id", job.id().value())
        .update();
  }

  /** Asking the database is what paces the loop. */
  private void awaitAWaitingTransaction() {
    Instant deadline = Instant.now().plusSeconds(10);
    while (jdbc.sql("SELECT count(*) FROM pg_locks WHERE NOT granted").query(Long.class).single()
        == 0) {
      assertThat(Instant.now()).isBefore(deadline);
    }
  }
}
