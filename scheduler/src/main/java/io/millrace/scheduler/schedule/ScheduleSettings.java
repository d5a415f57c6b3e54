package io.millrace.scheduler.schedule;

import io.millrace.client.contract.JobType;
import io.millrace.core.Bounds;
import io.millrace.core.schedule.Missed;
import io.millrace.core.schedule.Overlap;
import io.millrace.core.schedule.Schedule;
import io.millrace.core.schedule.SchedulePolicy;
import io.millrace.core.schedule.ScheduledWork;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schedule: what runs, a batch job or one job, and when.
 *
 * @param cron five fields: minute, hour, day of the month, month, day of the week; or six, with
 *     seconds before them
 * @param zone of the clock that shows these times
 * @param batch the batch job that runs; empty if it is a job
 * @param parameters of the batch job; a day may be {@code today} or {@code yesterday}, in the zone,
 *     at the time that was due
 * @param job that is enqueued; null if it is a batch job
 * @param missed what becomes of times that are late
 * @param missedAfter by how much a time has to be overdue to be late; 1 min to 7 d
 * @param overlap what becomes of a time for which the last run has not ended
 */
record ScheduleSettings(
    @DefaultValue("") String cron,
    @DefaultValue("UTC") ZoneId zone,
    @DefaultValue("") String batch,
    @DefaultValue Map<String, String> parameters,
    @Nullable JobSettings job,
    @DefaultValue("LATEST") Missed missed,
    @DefaultValue("5m") Duration missedAfter,
    @DefaultValue("SKIP") Overlap overlap) {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST_ID = 60;

  /**
   * A job, as if a message of it had come.
   *
   * @param payload JSON
   */
  record JobSettings(
      @DefaultValue("default") String tenant,
      @DefaultValue("") String type,
      @DefaultValue("{}") String payload) {

    /** Without the payload. */
    @Override
    public String toString() {
      return "JobSettings[tenant=%s, type=%s]".formatted(tenant, type);
    }
  }

  ScheduleSettings {
    parameters = Map.copyOf(parameters);
    Bounds.require(
        "millrace.schedules.*.missed-after",
        missedAfter,
        Duration.ofMinutes(1),
        Duration.ofDays(7));
  }

  /**
   * The schedule that these describe.
   *
   * @throws IllegalArgumentException that says what is wrong, and where
   */
  Schedule schedule(String id) {
    String key = "millrace.schedules." + id;
    if (id.length() > LONGEST_ID || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "%s: a schedule's id is words of a-z and 0-9, joined by '-', at most %d characters"
              .formatted(key, LONGEST_ID));
    }
    try {
      new Timetable(cron, zone);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s.cron is %s".formatted(key, e.getMessage()), e);
    }
    return new Schedule(
        id, cron.strip(), zone, work(key), new SchedulePolicy(missed, missedAfter, overlap));
  }

  private ScheduledWork work(String key) {
    JobSettings message = job;
    if (batch.isEmpty() == (message == null)) {
      throw new IllegalArgumentException(
          "%s runs either a batch job (batch) or a job (job.type)".formatted(key));
    }
    if (message == null) {
      return new ScheduledWork.Batch(batch, parameters);
    }
    if (!parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.parameters are those of a batch job, and it runs a job: see job.payload"
              .formatted(key));
    }
    requireTenant(key, message.tenant());
    requireJson(key, message.payload());
    try {
      return new ScheduledWork.Message(
          message.tenant(), new JobType(message.type()), message.payload());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s.job.type: %s".formatted(key, e.getMessage()), e);
    }
  }

  private static void requireTenant(String key, String tenant) {
    if (tenant.isEmpty()
        || tenant.length() > 200
        || tenant.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "%s.job.tenant has to be 1 to 200 characters without control characters".formatted(key));
    }
  }

  private static void requireJson(String key, String payload) {
    try {
      JsonMapper.shared().readTree(payload);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "%s.job.payload is no JSON: %s".formatted(key, e.getOriginalMessage()), e);
    }
  }
}
