package io.millrace.scheduler.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.batch.BatchJob;
import io.millrace.batch.ControlTotal;
import io.millrace.scheduler.RunByHand;
import io.millrace.testing.MigratedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Statements of a day, run by hand. */
class DailyStatementIT {

  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Instant BEGINS = Instant.parse("2026-03-30T22:00:00Z");
  private static final Instant NOON = BEGINS.plus(Duration.ofHours(12));
  private static final Instant ENDS = BEGINS.plus(Duration.ofDays(1));
  private static final String LINES =
      """
      SELECT concat_ws(' ', tenant, type, succeeded, failed, cancelled, expired, attempts, round(run_seconds::numeric, 3)) FROM daily_statement
      WHERE business_date = '2026-03-31' ORDER BY tenant, type
      """;

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  @TempDir private Path folder;
  private final JdbcClient jdbc = database.jdbc();
  private final TransactionTemplate transaction = database.transaction();
  private final EndedJobFixture jobs = new EndedJobFixture(jdbc);
  private Instant now = ENDS.plus(Duration.ofHours(1));

  @Test
  void countsWhatEndedOnTheDayInItsZone() throws Exception {
    jobs.succeededAfter(2, "acme", "loan.amortize", BEGINS);
    jobs.failedAfter(3, "acme", "loan.amortize", ENDS.minusNanos(1_000));
    jobs.cancelled("acme", "loan.amortize", NOON);
    jobs.expired("acme", "mail.send", NOON);
    jobs.succeededAfter(0, "other", "mail.send", NOON);
    jobs.succeededAfter(0, "other", "mail.send", BEGINS.minusNanos(1_000));
    jobs.succeededAfter(0, "other", "mail.send", ENDS);

    RunByHand run = run().complete();

    assertThat(statement())
        .containsExactly(
            "acme loan.amortize 1 1 1 0 6 3.000",
            "acme mail.send 0 0 0 1 0 0.000",
            "other mail.send 1 0 0 0 1 1.000");
    assertThat(run.totals()).hasSize(4).allMatch(ControlTotal::matches);
  }

  @Test
  void saysHowLongMostTook() throws Exception {
    for (int i = 1; i <= 200; i++) {
      Instant end = BEGINS.plus(Duration.ofMinutes(7L * i));
      jobs.succeeded("acme", "a", end, Duration.ofMillis(i), Duration.ofSeconds(i));
    }
    jobs.cancelled("acme", "a", NOON);

    run().complete();

    assertThat(number("run_p50_ms")).isCloseTo(100, within(1.0));
    assertThat(number("run_p95_ms")).isCloseTo(190, within(1.9));
    assertThat(number("run_p99_ms")).isCloseTo(198, within(2.0));
    assertThat(number("run_longest_ms")).isEqualTo(200);
    assertThat(number("total_p95_ms")).isCloseTo(190_000, within(1_900.0));
    assertThat(number("total_longest_ms")).isEqualTo(200_000);
    assertThat(number("run_seconds")).isEqualTo(20.1);
  }

  @Test
  void goesOnWhereItWasInterruptedAtAnyBit() throws Exception {
    for (int i = 0; i < 120; i++) {
      jobs.succeededAfter(0, "tenant-" + i, "a", BEGINS.plus(Duration.ofMinutes(12L * i)));
    }
    RunByHand run = run();

    for (int stop = 0; stop < 3; stop++) {
      run.proceed(33);
      assertThat(statement()).as("not before all is summed up").isEmpty();
    }
    run.complete();

    assertThat(statement()).hasSize(120).allMatch(line -> line.contains(" a 1 0 0 0 1 1.000"));
    assertThat(files()).hasSize(240);
    assertThat(run.totals()).allMatch(ControlTotal::matches);
    assertThat(left()).as("what is left of the counting").isZero();
  }

  @Test
  void replacesADayAllAtOnce() throws Exception {
    jobs.succeededAfter(0, "acme", "a", NOON);
    jobs.succeededAfter(0, "gone", "a", NOON);
    RunByHand first = run().complete();
    List<String> before = statement();
    jdbc.sql("DELETE FROM job WHERE tenant = 'gone'").update();
    jobs.failedAfter(1, "acme", "a", NOON);
    jobs.succeededAfter(0, "come", "b", NOON);

    RunByHand second = run();
    while (second.bits() < 200 && statement().equals(before)) {
      second.proceed(1);
    }

    assertThat(statement())
        .as("as soon as anything differs")
        .containsExactly("acme a 1 1 0 0 2 3.000", "come b 1 0 0 0 1 1.000");
    assertThat(files()).contains("2026-03-31/gone.csv").doesNotContain("2026-03-31/come.csv");
    second.complete();
    assertThat(files())
        .containsExactlyInAnyOrder(
            "2026-03-31/acme.csv",
            "2026-03-31/acme.json",
            "2026-03-31/come.csv",
            "2026-03-31/come.json");
    assertThat(Files.readString(folder.resolve("2026-03-31/acme.csv")))
        .contains("2026-03-31,acme,a,1,1,0,0,2,3.000000,");
    assertThat(
            jdbc.sql("SELECT count(*) FROM statement_line WHERE run_id = :run")
                .param("run", first.id())
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void canBeRepeatedWithTheSameOutcome() throws Exception {
    jobs.succeededAfter(1, "acme", "a", NOON);
    run().complete();
    String csv = Files.readString(folder.resolve("2026-03-31/acme.csv"));
    String json = Files.readString(folder.resolve("2026-03-31/acme.json"));

    run().complete();

    assertThat(statement()).containsExactly("acme a 1 0 0 0 2 1.000");
    assertThat(folder.resolve("2026-03-31/acme.csv")).hasContent(csv);
    assertThat(folder.resolve("2026-03-31/acme.json")).hasContent(json);
  }

  @Test
  void seesThatSomethingEndedOnTheDayAfterItWasCounted() throws Exception {
    jobs.succeededAfter(0, "acme", "a", NOON);
    RunByHand run = run();
    run.proceed(96);

    jobs.succeededAfter(0, "acme", "a", BEGINS); // a commit that came late
    run.complete();

    assertThat(run.totals())
        .filteredOn(total -> !total.matches())
        .extracting(ControlTotal::name)
        .containsExactly("jobs that succeeded");
  }

  @Test
  void makesNoStatementOfADayThatIsNotOver() {
    now = ENDS.minusNanos(1_000);

    assertThatThrownBy(() -> run().complete())
        .hasMessage(
            "2026-03-31 is not over before 2026-03-31T22:00:00Z: its statement would be wrong");
  }

  @Test
  void makesNoStatementOfADayWhoseJobsMayBeDeleted() {
    jdbc.sql("INSERT INTO retention_watermark VALUES ('deleted', '', '2026-03-31 12:00:00Z')")
        .update();

    assertThatThrownBy(() -> run().complete())
        .hasMessageContaining("the statement of 2026-03-31 cannot be made any more");
  }

  @Test
  void writesNoFilesWithoutAFolder() throws Exception {
    jobs.succeededAfter(0, "acme", "a", NOON);

    new RunByHand(job(null), transaction, Map.of("date", "2026-03-31")).complete();

    assertThat(statement()).hasSize(1);
    assertThat(files()).isEmpty();
  }

  private double number(String column) {
    return jdbc.sql("SELECT %s FROM daily_statement".formatted(column))
        .query((row, _) -> row.getDouble(1))
        .single();
  }

  private List<String> statement() {
    return jdbc.sql(LINES).query((row, _) -> row.getString(1)).list();
  }

  private long left() {
    return jdbc.sql("SELECT count(*) FROM statement_part").query(Long.class).single();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private RunByHand run() {
    return new RunByHand(
        job(new StatementFolder(folder)), transaction, Map.of("date", "2026-03-31"));
  }

  private BatchJob job(@Nullable StatementFolder files) {
    return new DailyStatement(new DailyStatement.Stores(jdbc), transaction, files, ZONE, () -> now)
        .asJob();
  }
}
