package io.millrace.core.lease;

import io.millrace.client.contract.JobType;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * The lives of worker processes. An incarnation that has ended never beats again. Safe for use by
 * many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface WorkerStore {

  /** Records that {@code incarnation} has begun; safe to repeat. */
  void register(UUID incarnation, String name, String version, Instant now);

  /** Notes of which types it has handlers, for people. */
  void handles(UUID incarnation, Collection<JobType> types);

  /**
   * Raises the heartbeat.
   *
   * @param endedPerSecond how many jobs of which type end there, for people
   * @return false if the incarnation has ended: it must stop at once
   */
  boolean beat(UUID incarnation, Map<JobType, Double> endedPerSecond, Instant now);

  /** The heartbeat counters of all incarnations that have not ended. */
  Map<UUID, Long> live();

  /**
   * Ends an incarnation that was silent, unless it has beaten since.
   *
   * @param heartbeat the counter that did not change
   * @return whether it was ended by this call
   */
  boolean declareDead(UUID incarnation, long heartbeat, Instant now);

  /** Ends the incarnation by its own will; nothing that it ran may still be running. */
  void signOff(UUID incarnation, Instant now);
}
