package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.schedule.Firing;
import io.millrace.core.schedule.FiringState;
import io.millrace.core.schedule.ScheduleStore;
import io.millrace.testing.PrivatePostgres;
import io.millrace.testing.TestBroker;
import java.time.Instant;
import java.util.List;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.StorageProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** JobRunr stops its server for good when PostgreSQL goes away; here it comes back. */
class JobRunrOutageIT {

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final PrivatePostgres postgres = PrivatePostgres.start();

  @AutoClose
  private final SchedulerUnderTest scheduler =
      SchedulerUnderTest.start(
          broker,
          postgres.jdbcUrl(),
          postgres.user(),
          postgres.password(),
          "--millrace.schedules.tick.cron=*/5 * * * * *",
          "--millrace.schedules.tick.job.type=test.tick",
          "--millrace.schedules.tick.missed=NONE",
          "--millrace.schedules.tick.overlap=START");

  @Test
  void worksAgainWhenPostgresIsBack() {
    SchedulerUnderTest.await("a first time", () -> succeeded() > 0 && isWorking());

    postgres.kill();
    SchedulerUnderTest.await("JobRunr's server to stop itself", () -> lost() > 0);
    assertThat(isWorking()).isFalse();
    postgres.restart();
    Instant back = Instant.now();

    SchedulerUnderTest.await("a time after it", () -> startedAfter(back) && isWorking());
    long before = succeeded();
    SchedulerUnderTest.await("JobRunr to show one", () -> succeeded() > before);
  }

  private boolean startedAfter(Instant instant) {
    List<Firing> firings = scheduler.bean(ScheduleStore.class).firings("tick", 10);
    return firings.stream()
        .anyMatch(
            firing -> firing.state() == FiringState.STARTED && firing.nominalAt().isAfter(instant));
  }

  private long succeeded() {
    return scheduler.bean(StorageProvider.class).countJobs(StateName.SUCCEEDED);
  }

  private double lost() {
    return scheduler.bean(MeterRegistry.class).get("millrace.jobrunr.lost").counter().count();
  }

  private boolean isWorking() {
    return scheduler.bean(MeterRegistry.class).get("millrace.jobrunr.working").gauge().value() == 1;
  }
}
