package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.JobType;
import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.Schedule;
import io.millrace.core.schedule.SchedulePolicy;
import io.millrace.core.schedule.ScheduledWork;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SchedulePropertiesTest {

  @Test
  void hasNoSchedulesByDefault() {
    assertThat(bind(Map.of()).all()).isEmpty();
  }

  @Test
  void readsABatchJob() {
    assertThat(
            bind(Map.of(
                    "millrace.schedules.daily-statement.cron", "0 2 * * *",
                    "millrace.schedules.daily-statement.zone", "Europe/Berlin",
                    "millrace.schedules.daily-statement.batch", "daily-statement",
                    "millrace.schedules.daily-statement.parameters.business-date", "yesterday",
                    "millrace.schedules.daily-statement.missed", "all",
                    "millrace.schedules.daily-statement.missed-after", "10m",
                    "millrace.schedules.daily-statement.overlap", "wait"))
                .all())
        .containsExactly(
            new Schedule(
                "daily-statement",
                "0 2 * * *",
                ZoneId.of("Europe/Berlin"),
                new ScheduledWork.Batch("daily-statement", Map.of("business-date", "yesterday")),
                new SchedulePolicy(Missed.ALL, Duration.ofMinutes(10), Overlap.WAIT)));
  }

  @Test
  void readsAJobAndHasDefaults() {
    assertThat(
            bind(Map.of(
                    "millrace.schedules.ping.cron", "*/5 * * * *",
                    "millrace.schedules.ping.job.type", "http.call"))
                .all())
        .containsExactly(
            new Schedule(
                "ping",
                "*/5 * * * *",
                ZoneId.of("UTC"),
                new ScheduledWork.Message("default", new JobType("http.call"), "{}"),
                new SchedulePolicy(Missed.LATEST, Duration.ofMinutes(5), Overlap.SKIP)));
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertRefused("a.cron", "every day", "millrace.schedules.a.cron is 'every day'");
    assertRefused("a.zone", "Berlin", "Berlin");
    assertRefused("a.job.type", "http.call", "either a batch job (batch) or a job (job.type)");
    assertRefused("a.batch", "", "either a batch job (batch) or a job (job.type)");
    assertRefused("a.missed", "some", "missed");
    assertRefused("a.missed-after", "1s", "must be from");
    assertRefused("Nightly.cron", "0 0 * * *", "millrace.schedules.Nightly");
  }

  @Test
  void saysWhatIsWrongWithAJob() {
    assertJobRefused("job.type", "Not A Type", "a.job.type: 'Not A Type' is no job type");
    assertJobRefused("job.payload", "{", "a.job.payload is no JSON");
    assertJobRefused("job.tenant", "", "a.job.tenant");
    assertJobRefused("parameters.date", "today", "a.parameters are those of a batch job");
  }

  private static void assertRefused(String key, String value, String says) {
    Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "millrace.schedules.a.cron", "0 2 * * *", "millrace.schedules.a.batch", "accrual"));
    properties.put("millrace.schedules." + key, value);
    assertThatThrownBy(() -> bind(properties)).hasStackTraceContaining(says);
  }

  private static void assertJobRefused(String key, String value, String says) {
    Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "millrace.schedules.a.cron", "0 2 * * *",
                "millrace.schedules.a.job.type", "http.call"));
    properties.put("millrace.schedules.a." + key, value);
    assertThatThrownBy(() -> bind(properties)).hasStackTraceContaining(says);
  }

  private static ScheduleProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("millrace", Bindable.of(ScheduleProperties.class));
  }
}
