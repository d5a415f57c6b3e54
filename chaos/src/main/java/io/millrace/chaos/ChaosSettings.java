package io.millrace.chaos;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run is like.
 *
 * @param faulty how long faults are injected
 * @param faultsOfEachKind how many of each kind
 * @param rate jobs a second
 * @param seed of the faults and the jobs
 * @param patience how long everything may take to end after the last fault
 * @param folder of logs and of what ran; emptied first
 */
record ChaosSettings(
    Duration faulty, int faultsOfEachKind, int rate, long seed, Duration patience, Path folder) {}
