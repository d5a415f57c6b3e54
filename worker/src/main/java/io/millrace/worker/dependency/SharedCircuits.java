package io.millrace.worker.dependency;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.worker.dependency.DependencySettings.CircuitSettings;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The circuits that all workers share, as one of them knows them, and its part in them. Nothing
 * here waits for the database. Safe for use by many threads.
 */
interface SharedCircuits {

  /** How the dependency is, as far as is known; null if it has been well for long. */
  @Nullable CircuitView of(DependencyKey key);

  /**
   * Opens the circuit for all workers.
   *
   * @param from what the caller takes it to be
   * @param reason for people
   * @param done told whether it was opened by this call
   */
  void open(
      DependencyKey key,
      Circuit from,
      CircuitSettings settings,
      String reason,
      Consumer<Boolean> done);

  /**
   * Asks to be the one who probes.
   *
   * @param done told whether this worker is
   */
  void probe(DependencyKey key, Duration patience, Consumer<Boolean> done);

  /**
   * Closes the circuit for all workers, since the probe succeeded.
   *
   * @param done told whether it was closed by this call
   */
  void close(DependencyKey key, Consumer<Boolean> done);

  /** Has nobody call for {@code rest}. */
  void rest(DependencyKey key, Duration rest);
}
