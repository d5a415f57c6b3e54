package io.millrace.core.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The schedules, for whoever looks at them. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface ScheduleStore {

  /** The schedules of the schedulers' configuration, by their ids. */
  List<ScheduleStatus> all();

  Optional<ScheduleStatus> find(String schedule);

  /**
   * What became of the latest times and triggers of a schedule, the latest first. A thousand of
   * each schedule are kept.
   *
   * @param most 1 or more
   */
  List<Firing> firings(String schedule, int most);

  /**
   * Triggers a schedule by hand, beside its times: that changes nothing about them. A scheduler
   * sees to it within a second or two.
   *
   * @param by who asks
   * @param now what {@code today} and {@code yesterday} among its parameters are derived from
   * @return what was requested; empty if there is no such schedule
   */
  Optional<Firing> trigger(String schedule, String by, Instant now);
}
