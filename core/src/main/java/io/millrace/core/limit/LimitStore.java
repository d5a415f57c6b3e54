package io.millrace.core.limit;

import java.util.Collection;
import java.util.Map;

/**
 * The limits that all workers share. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface LimitStore {

  /**
   * What was reserved.
   *
   * @param portions of each key that was asked for
   */
  record Reservation(ClockReading clock, Map<String, Portion> portions) {

    public Reservation {
      portions = Map.copyOf(portions);
    }

    /**
     * What was reserved of {@code key}.
     *
     * @throws IllegalArgumentException if it was not asked for
     */
    public Portion portion(String key) {
      Portion portion = portions.get(key);
      if (portion == null) {
        throw new IllegalArgumentException("nobody has asked for " + key);
      }
      return portion;
    }
  }

  /**
   * Reserves slots of each key for the caller alone, as {@link Pace#book} says; to be called in a
   * transaction, whose commit makes them the caller's. It may be called by any number of processes
   * at a time: they take their turns key by key, and cannot lock each other out.
   *
   * @param requests at least one, of different keys
   * @throws IllegalArgumentException if two are of the same key; nothing may be committed then
   */
  Reservation reserve(Collection<SlotRequest> requests);

  /**
   * Forgets the keys that are idle: what is left of them decides nothing any more.
   *
   * @return how many
   */
  int forgetIdle();
}
