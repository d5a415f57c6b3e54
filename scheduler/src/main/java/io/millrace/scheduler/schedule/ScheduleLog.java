package io.millrace.scheduler.schedule;

import io.millrace.core.schedule.Firing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes events to the log. */
final class ScheduleLog implements ScheduleListener {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleLog.class);
  private static final String SCHEDULE = "schedule";

  @Override
  public void on(ScheduleEvent event) {
    switch (event) {
      case ScheduleEvent.Configured e -> {
        if (!e.added().isEmpty() || !e.changed().isEmpty() || !e.removed().isEmpty()) {
          LOG.atInfo()
              .addKeyValue("added", e.added())
              .addKeyValue("changed", e.changed())
              .addKeyValue("removed", e.removed())
              .log("schedules follow the configuration");
        }
      }
      case ScheduleEvent.Fired(Firing firing) -> fired(firing);
      case ScheduleEvent.Held e ->
          LOG.atWarn()
              .addKeyValue(SCHEDULE, e.schedule())
              .addKeyValue("reason", e.reason())
              .log("a time of a schedule has come and is held");
      case ScheduleEvent.WatchFailed e ->
          LOG.atWarn()
              .addKeyValue("reason", e.reason())
              .log("schedules cannot be seen to, trying on");
      case ScheduleEvent.WatchRecovered _ -> LOG.atInfo().log("schedules are seen to again");
      case ScheduleEvent.LatenessMeasured _ -> {}
    }
  }

  private static void fired(Firing firing) {
    LoggingEventBuilder line =
        LOG.atLevel(level(firing))
            .addKeyValue(SCHEDULE, firing.schedule())
            .addKeyValue("due", firing.nominalAt());
    line = with(line, "run", firing.outcome().runId());
    line = with(line, "job", firing.outcome().jobId());
    line = with(line, "by", firing.requestedBy());
    line = with(line, "reason", firing.outcome().message());
    line.log(
        switch (firing.state()) {
          case REQUESTED, STARTED -> "a schedule has started its run";
          case TAKEN -> "a scheduled run is there already, no other was started";
          case SKIPPED -> "times of a schedule were left out";
          case REFUSED -> "a schedule cannot run what it is to run";
        });
  }

  private static LoggingEventBuilder with(
      LoggingEventBuilder line, String key, @Nullable Object value) {
    return value == null ? line : line.addKeyValue(key, value);
  }

  private static Level level(Firing firing) {
    return switch (firing.state()) {
      case REQUESTED, STARTED -> Level.INFO;
      case TAKEN, SKIPPED, REFUSED -> Level.WARN;
    };
  }
}
