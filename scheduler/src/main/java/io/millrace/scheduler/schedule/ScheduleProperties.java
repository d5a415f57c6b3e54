package io.millrace.scheduler.schedule;

import io.millrace.core.schedule.Schedule;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What runs by itself. The same for all schedulers of one database.
 *
 * @param schedules by their ids
 */
@ConfigurationProperties("millrace")
record ScheduleProperties(@DefaultValue Map<String, ScheduleSettings> schedules) {

  /**
   * @throws IllegalArgumentException that says what is wrong, if one of them cannot be
   */
  ScheduleProperties {
    schedules = Map.copyOf(schedules);
    schedules.forEach((id, settings) -> settings.schedule(id));
  }

  List<Schedule> all() {
    return schedules.entrySet().stream()
        .map(entry -> entry.getValue().schedule(entry.getKey()))
        .toList();
  }
}
