package io.millrace.core.schedule;

import io.millrace.client.contract.JobId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The schedules, for the schedulers that see to them. Safe for use by many threads; what locks, and
 * what is written under a lock, belongs into one transaction.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface FiringStore {

  /** Waits until no other transaction changes which schedules there are. */
  void lockConfiguration();

  /** All schedules, by their ids. */
  List<ScheduleStatus> all();

  /** Adds a schedule, or changes it to this. */
  void put(Schedule schedule, Instant doneUntil, Instant nextAt);

  /** Removes schedules, with what is known of their times. */
  void remove(Collection<String> schedules);

  /** A schedule, which nobody else sees to until the transaction ends; empty if there is none. */
  Optional<ScheduleStatus> lock(String schedule);

  /** Of which schedules a time has come before {@code instant} and has not been seen to. */
  List<String> overdue(Instant instant);

  /** When the first of all schedules is due next; in the past if one is overdue or waits. */
  Optional<Instant> earliestNext();

  /** A run or a job of a schedule's latest times and triggers that has not ended. */
  Optional<UUID> active(String schedule);

  /** Every time of a schedule up to {@code doneUntil} has been seen to. */
  void advance(String schedule, Instant doneUntil, Instant nextAt);

  /**
   * Records what became of a time, or a trigger; keeps the latest thousand of its schedule.
   *
   * @param carrier the job of JobRunr that shows it
   * @return whether it was not there before
   */
  boolean record(Firing firing, UUID carrier);

  /**
   * Triggers that nobody has seen to, which nobody else sees to until the transaction ends.
   *
   * @param most how many at most
   */
  List<Firing> lockRequested(int most);

  /** Records what became of a trigger. */
  void decide(Firing firing);

  /** What a job of JobRunr is to show, in the order of time. */
  List<Firing> carriedBy(UUID carrier);

  /**
   * Enqueues a job in the transaction.
   *
   * @param messageId its idempotency key
   */
  JobId enqueue(ScheduledWork.Message job, String messageId);
}
