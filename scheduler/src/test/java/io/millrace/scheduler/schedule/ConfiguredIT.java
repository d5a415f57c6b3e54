package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.schedule.JdbcScheduleStore;
import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.Schedule;
import io.millrace.core.schedule.SchedulePolicy;
import io.millrace.core.schedule.ScheduledWork;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.RecurringJob;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.Paging;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

class ConfiguredIT {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  /** Somebody else's recurring job. */
  public record Theirs() implements JobRequest {

    @Override
    public Class<TheirHandler> getJobRequestHandler() {
      return TheirHandler.class;
    }
  }

  /** Somebody else's. */
  public static final class TheirHandler implements JobRequestHandler<Theirs> {

    @Override
    public void run(Theirs request) {}
  }

  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  private final DataSource source = database.dataSource();
  private final TransactionOperations transaction =
      new TransactionTemplate(new JdbcTransactionManager(source));
  private final JdbcScheduleStore store = new JdbcScheduleStore(JdbcClient.create(source));

  @AutoClose
  private final PostgresStorageProvider storage =
      new PostgresStorageProvider(source, DatabaseOptions.NO_VALIDATE);

  private final JobRequestScheduler jobRunr = new JobRequestScheduler(storage);
  private Instant now = START;

  @BeforeEach
  void migrate() {
    Flyway.configure().dataSource(source).load().migrate();
    storage.setJobMapper(new JobMapper(new Jackson3JsonMapper()));
  }

  @Test
  void followsTheConfigurationAndLeavesWhatIsNotOurs() {
    jobRunr.scheduleRecurrently("theirs", "0 0 * * *", ZoneOffset.UTC, new Theirs());

    ScheduleEvent.Configured first =
        apply(schedule("a", "0 1 * * *", "x"), schedule("b", "0 2 * * *", "y"));
    ScheduleEvent.Configured same =
        apply(schedule("a", "0 1 * * *", "x"), schedule("b", "0 2 * * *", "y"));
    ScheduleEvent.Configured second =
        apply(schedule("a", "0 1 * * *", "z"), schedule("c", "0 3 * * *", "y"));

    assertThat(first)
        .isEqualTo(new ScheduleEvent.Configured(List.of("a", "b"), List.of(), List.of()));
    assertThat(same).isEqualTo(new ScheduleEvent.Configured(List.of(), List.of(), List.of()));
    assertThat(second)
        .isEqualTo(new ScheduleEvent.Configured(List.of("c"), List.of("a"), List.of("b")));
    assertThat(store.all()).extracting(each -> each.schedule().id()).containsExactly("a", "c");
    assertThat(storage.getRecurringJobs())
        .extracting(RecurringJob::getId)
        .containsExactlyInAnyOrder("a", "c", "theirs");
    assertThat(storage.getRecurringJobs())
        .extracting(RecurringJob::getJobName)
        .contains("a: batch z()", "c: batch y()");
  }

  @Test
  void beginsAnewOnlyIfTheTimesHaveChanged() {
    apply(schedule("a", "0 1 * * *", "x"), schedule("b", "0 1 * * *", "x"));
    now = START.plus(Duration.ofDays(2));

    apply(schedule("a", "0 1 * * *", "other"), schedule("b", "0 3 * * *", "x"));

    assertThat(store.find("a").orElseThrow().doneUntil())
        .as("its times are missed")
        .isEqualTo(START);
    assertThat(store.find("b").orElseThrow().doneUntil()).isEqualTo(now);
    assertThat(store.find("b").orElseThrow().nextAt())
        .isEqualTo(Instant.parse("2026-11-25T03:00:00Z"));
  }

  /** Else JobRunr would wait for the old time. */
  @Test
  void forgetsTheTimeThatJobRunrHasMadeAhead() {
    apply(schedule("a", "0 1 * * *", "x"), schedule("b", "0 1 * * *", "x"));
    storage.getRecurringJobs().forEach(job -> storage.save(job.toScheduledJob()));

    apply(schedule("a", "0 5 * * *", "x"), schedule("b", "0 1 * * *", "x"));

    assertThat(
            storage.getScheduledJobs(
                Instant.parse("9999-01-01T00:00:00Z"), Paging.AmountBasedList.ascOnUpdatedAt(10)))
        .extracting(Job::getRecurringJobId)
        .extracting(id -> id.orElse(""))
        .containsExactly("b");
    assertThat(storage.countJobs(StateName.SCHEDULED)).isEqualTo(1);
  }

  private ScheduleEvent.Configured apply(Schedule... schedules) {
    return new Configured(
            List.of(schedules), store, new RecurringJobs(storage, jobRunr), transaction, () -> now)
        .apply();
  }

  private static Schedule schedule(String id, String cron, String batch) {
    return new Schedule(
        id,
        cron,
        ZoneOffset.UTC,
        new ScheduledWork.Batch(batch, Map.of()),
        new SchedulePolicy(Missed.LATEST, Duration.ofMinutes(5), Overlap.SKIP));
  }
}
