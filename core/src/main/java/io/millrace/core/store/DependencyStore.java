package io.millrace.core.store;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.dependency.DependencyState;
import java.time.Duration;
import java.util.Map;

/**
 * How dependencies are, for all processes. Every change is told to all workers by {@link
 * Notifications#DEPENDENCY}. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface DependencyStore {

  /**
   * All that are not simply up: those whose circuit is not closed, or was closed within the last
   * minute, and those that rest. Whatever is missing is up.
   */
  Map<DependencyKey, DependencyState> troubled();

  /**
   * Opens the circuit, if it still is as the caller believes.
   *
   * @param from {@link Circuit#CLOSED}, or {@link Circuit#HALF_OPEN} if the caller's probe failed
   * @param wait until the next probe; twice as long with each opening in a row
   * @param longest the longest wait
   * @param reason for people
   * @return whether it was opened by this call
   */
  boolean open(DependencyKey key, Circuit from, Duration wait, Duration longest, String reason);

  /**
   * Makes the caller the one who probes, if a probe is due.
   *
   * @param patience after which its probe is taken for lost and another may be made
   * @return whether the caller is to probe; nobody else does, for as long as {@code patience}
   */
  boolean probe(DependencyKey key, Duration patience);

  /**
   * Closes the circuit, since the probe succeeded.
   *
   * @return whether it was closed by this call
   */
  boolean close(DependencyKey key);

  /**
   * Decides in the place of probes and of what the workers report, until {@link #automatic}: they
   * change nothing meanwhile. One that is forced open is not even probed; of one that is forced
   * closed limits and rests hold as always.
   *
   * @param circuit {@link Circuit#OPEN} or {@link Circuit#CLOSED}
   * @param by who decides
   * @param reason for people
   */
  void force(DependencyKey key, Circuit circuit, String by, String reason);

  /**
   * Takes a decision back. What was forced open is open until a probe succeeds, which is due at
   * once; what was forced closed stays so until calls fail.
   *
   * @return false, and nothing was changed, if nobody had decided
   */
  boolean automatic(DependencyKey key);

  /** Has nothing called for {@code rest}; what it rests already for longer is left so. */
  void rest(DependencyKey key, Duration rest);
}
