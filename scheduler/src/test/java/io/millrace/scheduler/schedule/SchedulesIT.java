package io.millrace.scheduler.schedule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.schedule.Firing;
import io.millrace.core.schedule.FiringState;
import io.millrace.core.schedule.ScheduleStore;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobDashboardProgressBar;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.Paging;
import org.jobrunr.storage.StorageProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Schedules under JobRunr's own clock, in two schedulers. */
class SchedulesIT {

  private static final String[] SETTINGS = {
    "--millrace.schedules.tick.cron=*/5 * * * * *",
    "--millrace.schedules.tick.job.type=test.tick",
    "--millrace.schedules.tick.overlap=START",
    "--millrace.schedules.nightly.cron=0 0 1 1 *",
    "--millrace.schedules.nightly.batch=accrual",
    "--millrace.schedules.nightly.parameters.date=today",
    "--millrace.schedules.nightly-too.cron=0 0 1 1 *",
    "--millrace.schedules.nightly-too.batch=accrual",
    "--millrace.schedules.nightly-too.parameters.date=yesterday",
    "--millrace.jobrunr.workers=2"
  };

  @AutoClose private static final TestBroker BROKER = TestBroker.fresh();
  @AutoClose private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final JdbcClient JDBC = JdbcClient.create(DATABASE.dataSource());

  @AutoClose private static final SchedulerUnderTest ONE = scheduler();
  @AutoClose private static final SchedulerUnderTest OTHER = scheduler();

  @BeforeAll
  static void haveAJob() {
    BatchJobs.accrual(JDBC);
  }

  @Test
  void enqueuesAJobAtEachTimeOnce() {
    SchedulerUnderTest.await("four times", () -> started("tick").size() >= 4);

    List<Firing> started = started("tick");

    assertThat(started.stream().map(Firing::nominalAt).distinct())
        .hasSameSizeAs(started)
        .allMatch(time -> time.getEpochSecond() % 5 == 0 && time.getNano() == 0);
    for (Firing firing : started) {
      assertThat(
              count(
                  "SELECT count(*) FROM job WHERE id = :id",
                  requireNonNull(firing.outcome().jobId())))
          .isEqualTo(1);
    }
    SchedulerUnderTest.await(
        "JobRunr to show one", () -> storage().countJobs(StateName.SUCCEEDED) > 0);
    assertThat(storage().getJobList(StateName.FAILED, Paging.AmountBasedList.ascOnUpdatedAt(10)))
        .extracting(Job::getRecurringJobId)
        .doesNotContain(Optional.of("tick"));
  }

  @Test
  void showsARunUntilItEndsWhateverSchedulerDies() {
    ScheduleStore schedules = ONE.bean(ScheduleStore.class);
    SchedulerUnderTest.await("schedules", () -> schedules.all().size() == 3);

    UUID first = schedules.trigger("nightly", "ada", Instant.now()).orElseThrow().id();
    UUID second = schedules.trigger("nightly-too", "ada", Instant.now()).orElseThrow().id();
    SchedulerUnderTest.await("both shown", () -> isShown(first) && isShown(second));

    JDBC.sql(
            """
            UPDATE batch_run SET state = 'RUNNING', owner = 'host-1', lease_until = now(), step = 'accrue', items_done = 40, items_total = 100
            """)
        .update();
    SchedulerUnderTest.await("progress", () -> percent(first) == 40 && percent(second) == 40);
    ONE.close();
    end(first, "COMPLETED", null);
    end(second, "FAILED", "totals differ by 0.01");

    SchedulerUnderTest.await("the end of the first", () -> state(first) == StateName.SUCCEEDED);
    SchedulerUnderTest.await("the end of the second", () -> state(second) == StateName.FAILED);
    assertThat(count("SELECT count(*) FROM batch_run WHERE :id::uuid IS NOT NULL", first))
        .as("runs, whoever has shown them")
        .isEqualTo(2);
  }

  private static SchedulerUnderTest scheduler() {
    return SchedulerUnderTest.start(
        BROKER, DATABASE.jdbcUrl(), DATABASE.user(), DATABASE.password(), SETTINGS);
  }

  private List<Firing> started(String schedule) {
    return OTHER.bean(ScheduleStore.class).firings(schedule, 100).stream()
        .filter(firing -> firing.state() == FiringState.STARTED)
        .toList();
  }

  private StorageProvider storage() {
    return OTHER.bean(StorageProvider.class);
  }

  private boolean isShown(UUID firing) {
    return count("SELECT count(*) FROM jobrunr_jobs WHERE id = :id::text", firing) == 1
        && state(firing) == StateName.PROCESSING;
  }

  private StateName state(UUID firing) {
    return storage().getJobById(firing).getState();
  }

  private int percent(UUID firing) {
    Job job = storage().getJobById(firing);
    JobDashboardProgressBar bar = JobDashboardProgressBar.get(job);
    return bar == null ? -1 : bar.getProgressAsPercentage();
  }

  private void end(UUID firing, String state, @Nullable String message) {
    JDBC.sql(
            """
            UPDATE batch_run SET state = :state, message = :message, owner = NULL, lease_until = NULL, ended_at = now()
            WHERE id = (SELECT run_id FROM schedule_firing WHERE id = :firing)
            """)
        .param("state", state)
        .param("message", message)
        .param("firing", firing)
        .update();
  }

  private long count(String sql, UUID id) {
    return JDBC.sql(sql).param("id", id).query(Long.class).single();
  }
}
