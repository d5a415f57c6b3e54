package io.millrace.chaos;

import io.millrace.chaos.engine.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run is like.
 *
 * @param servers what the engine runs on
 * @param faults how many, and how long they are injected
 * @param rate jobs a second
 * @param seed of the faults and the jobs
 * @param patience how long everything may take to end after the last fault
 * @param folder of logs and of what ran; emptied first
 */
record ChaosSettings(
    ServerSettings servers, Faults faults, int rate, long seed, Duration patience, Path folder) {

  /**
   * How bad it gets.
   *
   * @param length how long faults are injected
   * @param ofEachKind how many of each kind
   */
  record Faults(Duration length, int ofEachKind) {}
}
