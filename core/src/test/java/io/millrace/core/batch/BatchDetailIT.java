package io.millrace.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.batch.ControlTotal;
import io.millrace.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is read of a run, over several executions. */
class BatchDetailIT {

  private TestDatabase database;
  private JdbcClient jdbc;
  private BatchFixture fixture;
  private BatchRunStore runs;
  private UUID run;
  private UUID other;

  @BeforeEach
  void requestTwo() {
    database = TestDatabase.fresh();
    Flyway.configure().dataSource(database.dataSource()).load().migrate();
    jdbc = JdbcClient.create(database.dataSource());
    fixture = new BatchFixture(jdbc);
    runs = new JdbcBatchRunStore(jdbc);
    fixture.announce("job", true);
    fixture.beginExecution();
    run = request("2026-03-31");
    other = request("2026-03-30");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void showsAPartitionAsItsLastExecutionLeftIt() {
    fixture.addExecution(run, 1, "load", "a", "ENDED", 0, 42, 2);
    fixture.addExecution(run, 2, "load", "b", "VOID", 0, 30, 3);
    fixture.addExecution(run, 3, "load", "b", "RUNNING", 30, 81, 11);
    fixture.addExecution(run, 4, "sweep", "all", "READY", 0, 0, 0);
    fixture.addExecution(other, 5, "load", "a", "ENDED", 0, 7, 0);

    List<BatchPartition> partitions = runs.partitions(run);

    assertThat(partitions)
        .extracting(
            BatchPartition::step,
            BatchPartition::name,
            BatchPartition::state,
            BatchPartition::status,
            BatchPartition::owner,
            BatchPartition::done,
            BatchPartition::total,
            BatchPartition::skipped)
        .containsExactly(
            tuple("load", "a", "ENDED", "COMPLETED", "night-1", 42L, 100L, 2L),
            tuple("load", "b", "RUNNING", "STARTED", "night-3", 81L, 100L, 11L),
            tuple("sweep", "all", "READY", "STARTED", null, 0L, 100L, 0L));
    assertThat(runs.partitions(other)).extracting(BatchPartition::done).containsExactly(7L);
  }

  @Test
  void keepsStepsAndPartitionsInTheirOrderWhicheverIsBegunAgain() {
    fixture.addExecution(run, 1, "second", "b", "ENDED", 0, 1, 0);
    fixture.addExecution(run, 2, "second", "a", "VOID", 0, 1, 0);
    fixture.addExecution(run, 3, "first", "z", "ENDED", 0, 1, 0);
    fixture.addExecution(run, 4, "second", "a", "READY", 0, 0, 0);

    assertThat(runs.partitions(run))
        .extracting(each -> each.step() + " " + each.name())
        .containsExactly("second a", "second b", "first z");
  }

  @Test
  void measuresThePaceOfTheLastExecution() {
    fixture.addExecution(run, 1, "load", "a", "VOID", 0, 30, 0);
    fixture.addExecution(run, 2, "load", "a", "ENDED", 30, 80, 0);
    fixture.addExecution(run, 3, "load", "b", "RUNNING", 0, 600, 0);
    fixture.addExecution(run, 4, "load", "c", "READY", 0, 0, 0);
    jdbc.sql(
            """
            UPDATE batch_partition SET started_at = '2026-03-31T22:00:00Z', ended_at = '2026-03-31T22:00:12.5Z', message = 'no room'
            WHERE step_execution_id = 2
            """)
        .update();
    jdbc.sql(
            """
            UPDATE batch_partition SET started_at = clock_timestamp() - interval '1 min' WHERE step_execution_id = 3
            """)
        .update();

    List<BatchPartition> partitions = runs.partitions(run);

    assertThat(partitions.getFirst().pace())
        .isEqualTo(
            new BatchPartition.Pace(
                Instant.parse("2026-03-31T22:00:00Z"), Duration.ofMillis(12_500), 4));
    assertThat(partitions.getFirst().message()).isEqualTo("no room");
    assertThat(partitions.get(1).pace().perSecond()).isBetween(5.0, 10.0);
    assertThat(partitions.get(1).pace().worked()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(partitions.getLast().pace())
        .isEqualTo(new BatchPartition.Pace(null, Duration.ZERO, 0));
  }

  @Test
  void listsWhatWasLeftOutInOrder() {
    for (String item : List.of("c", "a", "b")) {
      jdbc.sql(
              """
              INSERT INTO batch_skip (run_id, step, partition, item, reason, skipped_at)
              VALUES (:run, 'load', 'p', :item, 'bad ' || :item, '2026-03-31T22:00:00Z')
              """)
          .param("run", run)
          .param("item", item)
          .update();
    }

    assertThat(runs.skipped(run, 2))
        .containsExactly(
            new SkippedItem("load", "p", "c", "bad c", Instant.parse("2026-03-31T22:00:00Z")),
            new SkippedItem("load", "p", "a", "bad a", Instant.parse("2026-03-31T22:00:00Z")));
    assertThat(runs.skipped(run, 100)).hasSize(3);
    assertThat(runs.skipped(other, 100)).isEmpty();
  }

  @Test
  void listsTotalsByNameAndAsExactAsTheyAre() {
    jdbc.sql(
            "INSERT INTO batch_total VALUES (?, 'sum', 12345678901234567890.10, 0.05), (?, 'count', 3, 3)")
        .params(run, run)
        .update();

    assertThat(runs.totals(run))
        .containsExactly(
            ControlTotal.of("count", 3, 3),
            new ControlTotal(
                "sum", new BigDecimal("12345678901234567890.10"), new BigDecimal("0.05")));
    assertThat(runs.totals(other)).isEmpty();
  }

  @Test
  void showsWhatARunHasComeTo() {
    jdbc.sql(
            """
            UPDATE batch_run SET state = 'RUNNING', owner = 'night-1', lease_until = now(), started_at = '2026-03-31T22:00:00Z',
              begun = ARRAY[now(), now()], step = 'load', items_done = 40, items_total = 100, items_skipped = 3, items_a_second = 2.5,
              message = 'begun again: its scheduler was lost'
            WHERE id = :run
            """)
        .param("run", run)
        .update();

    BatchRun shown = runs.find(run).orElseThrow();

    assertThat(shown.state()).isEqualTo(BatchRunState.RUNNING);
    assertThat(shown.owner()).isEqualTo("night-1");
    assertThat(shown.begun()).isEqualTo(2);
    assertThat(shown.startedAt()).isEqualTo(Instant.parse("2026-03-31T22:00:00Z"));
    assertThat(shown.progress()).isEqualTo(new BatchRun.BatchProgress("load", 40, 100, 3, 2.5));
    assertThat(shown.message()).isEqualTo("begun again: its scheduler was lost");
  }

  private UUID request(String day) {
    BatchRequest answer =
        runs.request("job", Map.of("date", day), LocalDate.of(2026, 4, 1), "tester");
    assertThat(answer).isInstanceOf(BatchRequest.Accepted.class);
    return ((BatchRequest.Accepted) answer).run().id();
  }
}
