package io.millrace.core.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.client.contract.JobType;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WorkerListingIT {

  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final JobType LOANS = new JobType("loan.amortize");
  private static final JobType SCORES = new JobType("credit.score");

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final WorkerStore store = new JdbcWorkerStore(database.jdbc());
  private final WorkerListing listing = new WorkerListing(database.jdbc());

  @Test
  void addsUpWhatThoseThatLiveSay() {
    UUID ended = beating("ended", Map.of(LOANS, 5.0), AT);
    beating("first", Map.of(LOANS, 812.25, SCORES, 2.0 / 3), AT);
    beating("second", Map.of(LOANS, 1e-9), AT);
    beating("idle", Map.of(), AT);
    beating("silent", Map.of(LOANS, 99.0), AT.minusSeconds(60));
    store.signOff(ended, AT);

    assertThat(listing.endedPerSecond(AT.minusSeconds(30)))
        .containsOnly(entry(LOANS, 812.25), entry(SCORES, 0.67));
    assertThat(listing.workers(AT, 10))
        .extracting(WorkerListing.Known::name, WorkerListing.Known::endedPerSecond)
        .containsExactlyInAnyOrder(
            tuple("first", 812.92),
            tuple("second", 0.0),
            tuple("idle", 0.0),
            tuple("silent", 99.0));
  }

  @Test
  void saysWhatTheLastBeatSaid() {
    UUID worker = beating("once busy", Map.of(LOANS, 5.0), AT);

    store.beat(worker, Map.of(), AT.plusSeconds(3));

    assertThat(listing.endedPerSecond(AT)).isEmpty();
    assertThat(
            database.jdbc().sql("SELECT ended_per_second FROM worker").query(String.class).list())
        .containsOnlyNulls();
  }

  @Test
  void knowsOfNothingWhereNobodyHasBeaten() {
    store.register(UUID.randomUUID(), "of an earlier version", "1", AT);

    assertThat(listing.endedPerSecond(AT.minusSeconds(30))).isEmpty();
    assertThat(listing.workers(AT, 10))
        .extracting(WorkerListing.Known::endedPerSecond)
        .containsExactly(0.0);
  }

  private UUID beating(String name, Map<JobType, Double> endedPerSecond, Instant at) {
    UUID worker = UUID.randomUUID();
    store.register(worker, name, "1", at);
    assertThat(store.beat(worker, endedPerSecond, at)).isTrue();
    return worker;
  }
}
