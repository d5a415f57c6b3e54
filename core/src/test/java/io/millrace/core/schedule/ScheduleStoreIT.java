package io.millrace.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.schedule.Firing.Outcome;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ScheduleStoreIT {

  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00.123456Z");
  private static final UUID CARRIER = new UUID(7, 7);
  private static final Schedule NIGHTLY =
      new Schedule(
          "nightly",
          "0 2 * * *",
          ZoneId.of("Europe/Berlin"),
          new ScheduledWork.Batch("accrual", Map.of("date", "yesterday", "note", "a=b")),
          new SchedulePolicy(Missed.ALL, Duration.ofMinutes(10), Overlap.WAIT));
  private static final Schedule PING =
      new Schedule(
          "ping",
          "*/5 * * * *",
          ZoneOffset.UTC,
          new ScheduledWork.Message("acme", new JobType("http.call"), "{\"ö\":1}"),
          new SchedulePolicy(Missed.NONE, Duration.ofMinutes(5), Overlap.SKIP));

  @AutoClose private static final TestDatabase DATABASE = TestDatabase.fresh();

  private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
  private final JdbcScheduleStore store = new JdbcScheduleStore(jdbc);

  @BeforeAll
  static void migrate() {
    Flyway.configure().dataSource(DATABASE.dataSource()).load().migrate();
  }

  @BeforeEach
  void empty() {
    jdbc.sql("TRUNCATE schedule, batch_run, job CASCADE").update();
  }

  @Test
  void keepsSchedulesWithWhatTheyRun() {
    store.put(PING, NOW, NOW.plusSeconds(10));
    store.put(NIGHTLY, NOW, NOW.plusSeconds(20));
    store.put(NIGHTLY, NOW.plusSeconds(1), NOW.plusSeconds(30));

    assertThat(store.all())
        .containsExactly(
            new ScheduleStatus(NIGHTLY, NOW.plusSeconds(1), NOW.plusSeconds(30), null),
            new ScheduleStatus(PING, NOW, NOW.plusSeconds(10), null));
    assertThat(store.find("nightly")).map(ScheduleStatus::schedule).contains(NIGHTLY);
    assertThat(store.lock("ping")).map(ScheduleStatus::schedule).contains(PING);
    assertThat(store.find("other")).isEmpty();
    assertThat(store.lock("other")).isEmpty();
    assertThat(store.earliestNext()).contains(NOW.plusSeconds(10));

    store.remove(List.of("ping"));
    assertThat(store.all()).extracting(each -> each.schedule().id()).containsExactly("nightly");
  }

  @Test
  void tellsWhatIsOverdueUntilItHasAdvanced() {
    store.put(NIGHTLY, NOW, NOW.plusSeconds(10));

    assertThat(store.overdue(NOW.plusSeconds(10))).isEmpty();
    assertThat(store.overdue(NOW.plusSeconds(11))).containsExactly("nightly");

    store.advance("nightly", NOW.plusSeconds(10), NOW.plusSeconds(20));
    assertThat(store.overdue(NOW.plusSeconds(11))).isEmpty();
    assertThatThrownBy(() -> store.advance("nightly", NOW, NOW.plusSeconds(20)))
        .as("back")
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void recordsWhatBecameOfATimeOnce() {
    store.put(NIGHTLY, NOW, NOW.plusSeconds(10));
    Firing first = Firing.due("nightly", NOW, Outcome.run(new UUID(1, 1)), NOW.plusSeconds(1));
    Firing again = Firing.due("nightly", NOW, Outcome.run(new UUID(1, 2)), NOW.plusSeconds(2));
    Firing skipped =
        Firing.due("nightly", NOW.plusSeconds(9), Outcome.skipped("missed"), NOW.plusSeconds(9));

    assertThat(store.record(first, CARRIER)).isTrue();
    assertThat(store.record(again, CARRIER)).isFalse();
    assertThat(store.record(skipped, CARRIER)).isTrue();

    assertThat(store.firings("nightly", 10)).containsExactly(skipped, first);
    assertThat(store.firings("nightly", 1)).containsExactly(skipped);
    assertThat(store.carriedBy(CARRIER)).containsExactly(first, skipped);
    assertThat(store.find("nightly")).map(ScheduleStatus::last).contains(skipped);
  }

  @Test
  void forgetsAllButTheLatestThousand() {
    store.put(PING, NOW, NOW.plusSeconds(10));
    jdbc.sql(
            """
            INSERT INTO schedule_firing (id, schedule, nominal_at, state, job_id, carrier, decided_at)
            SELECT gen_random_uuid(), 'ping', :now - n * interval '1 second', 'STARTED', gen_random_uuid(), gen_random_uuid(), :now
            FROM generate_series(1, 1005) AS n
            """)
        .param("now", NOW.atOffset(ZoneOffset.UTC))
        .update();

    store.record(Firing.due("ping", NOW, Outcome.skipped("late"), NOW), CARRIER);

    assertThat(store.firings("ping", 2_000)).hasSizeBetween(1_000, 1_001);
    assertThat(store.firings("ping", 1).getFirst().nominalAt()).isEqualTo(NOW);
  }

  @Test
  void keepsATriggerUntilItIsDecided() {
    store.put(NIGHTLY, NOW, NOW.plusSeconds(10));
    Firing requested = store.trigger("nightly", "ada", NOW).orElseThrow();

    assertThat(store.trigger("other", "ada", NOW)).isEmpty();
    assertThat(store.lockRequested(10)).containsExactly(requested);

    Firing decided = requested.decided(Outcome.refused("no"), NOW.plusSeconds(1));
    store.decide(decided);
    store.decide(requested.decided(Outcome.run(new UUID(1, 1)), NOW.plusSeconds(2)));

    assertThat(store.lockRequested(10)).isEmpty();
    assertThat(store.firings("nightly", 10)).containsExactly(decided);
    assertThat(store.carriedBy(requested.id())).containsExactly(decided);
  }

  @Test
  void knowsARunOrAJobThatHasNotEnded() {
    store.put(NIGHTLY, NOW, NOW.plusSeconds(10));
    store.put(PING, NOW, NOW.plusSeconds(10));
    UUID run = run("RUNNING");
    store.record(Firing.due("nightly", NOW, Outcome.run(run), NOW), CARRIER);
    store.record(Firing.due("nightly", NOW.plusSeconds(1), Outcome.skipped("late"), NOW), CARRIER);
    JobId job = store.enqueue((ScheduledWork.Message) PING.work(), "m-1");
    store.record(Firing.due("ping", NOW, Outcome.job(job.value()), NOW), CARRIER);

    assertThat(store.active("nightly")).contains(run);
    assertThat(store.active("ping")).contains(job.value());

    jdbc.sql(
            "UPDATE batch_run SET state = 'FAILED', owner = NULL, lease_until = NULL, ended_at = now()")
        .update();
    jdbc.sql(
            "UPDATE job SET state = 'CANCELLED', wait_reason = NULL, due_at = NULL, finished_at = now()")
        .update();
    assertThat(store.active("nightly")).isEmpty();
    assertThat(store.active("ping")).isEmpty();
  }

  private UUID run(String state) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            INSERT INTO batch_run (id, job, parameters, repeatable, state, requested_by, requested_at, due_at, owner, lease_until)
            VALUES (:id, 'accrual', '{}', false, :state, 'test', now(), now(), 'host-1', now())
            """)
        .param("id", id)
        .param("state", state)
        .update();
    return id;
  }
}
