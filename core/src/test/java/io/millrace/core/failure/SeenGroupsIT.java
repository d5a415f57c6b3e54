package io.millrace.core.failure;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobType;
import io.millrace.core.job.Failure;
import io.millrace.testing.Await;
import io.millrace.testing.MigratedDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SeenGroupsIT {

  private static final FailureGroup GROUP =
      FailureGroup.of(new JobType("loan.amortize"), new Failure("Broken", "no rate", null));

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private long nanos = Long.MAX_VALUE; // what such a clock says is nothing but a difference
  private final SeenGroups groups = new SeenGroups(jdbc, () -> nanos);

  @Test
  void writesWhatItHasNotSeenForAWhile() {
    groups.see(List.of(GROUP, GROUP));
    delete();

    nanos += SeenGroups.MEMORY.toNanos() - 1;
    groups.see(List.of(GROUP));
    assertThat(count()).as("it is believed to be there").isZero();
    nanos++;
    groups.see(List.of(GROUP));

    assertThat(count()).isEqualTo(1);
  }

  @Test
  void saysThatItHasSeenAGroupAgainAndLeavesWhenItWasSeenFirst() {
    groups.see(List.of(GROUP));
    jdbc.sql("UPDATE failure_group SET first_seen = 'epoch', last_seen = 'epoch'").update();
    nanos += SeenGroups.MEMORY.toNanos();

    groups.see(List.of(GROUP));

    assertThat(seen("first_seen")).isEqualTo(Instant.EPOCH);
    assertThat(seen("last_seen")).isAfter(Instant.EPOCH);
  }

  @Test
  void leavesAloneWhatOthersHaveSeenLately() {
    groups.see(List.of(GROUP));
    Instant before = seen("last_seen");

    new SeenGroups(jdbc).see(List.of(GROUP));

    assertThat(seen("last_seen")).isEqualTo(before);
  }

  @Test
  void doesNotBelieveWhatWasRolledBack() {
    database
        .transaction()
        .executeWithoutResult(
            failed -> {
              groups.see(List.of(GROUP));
              failed.setRollbackOnly();
            });

    groups.see(List.of(GROUP));

    assertThat(count()).isEqualTo(1);
  }

  @Test
  void writesAnewWhatIsBeingDeleted() throws Exception {
    groups.see(List.of(GROUP));
    jdbc.sql("UPDATE failure_group SET last_seen = 'epoch'").update();
    nanos += SeenGroups.MEMORY.toNanos();

    CompletableFuture<Void> seen;
    try (Connection other = database.dataSource().getConnection();
        Statement delete = other.createStatement()) {
      other.setAutoCommit(false);
      delete.execute("DELETE FROM failure_group");
      seen = CompletableFuture.runAsync(() -> groups.see(List.of(GROUP)));
      assertThat(Await.until(() -> waiting() == 1, Duration.ofSeconds(20))).isTrue();
      other.commit();
    }
    seen.get(20, SECONDS);

    assertThat(count()).isEqualTo(1);
  }

  private int waiting() {
    return jdbc.sql(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO failure_group%'
            """)
        .query(Integer.class)
        .single();
  }

  private void delete() {
    jdbc.sql("DELETE FROM failure_group").update();
  }

  private int count() {
    return jdbc.sql("SELECT count(*) FROM failure_group").query(Integer.class).single();
  }

  private Instant seen(String column) {
    return jdbc.sql("SELECT %s AS at FROM failure_group".formatted(column))
        .query((row, _) -> row.getObject("at", OffsetDateTime.class).toInstant())
        .single();
  }
}
