package io.millrace.core.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which partitions a step waits for although they could have been as quick as the others. */
public final class Stragglers {

  /** What is slower than the one in the middle by more than this. */
  private static final double FACTOR = 2;

  /** In fewer there is no middle. */
  private static final int FEWEST = 3;

  /** Nothing is judged before. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Stragglers() {}

  /**
   * Those among a run's partitions that somebody has been at for ten seconds or longer, with less
   * than half of the median pace of the partitions of their step: they are slow, or stand still.
   * None in a step of which fewer than three have done anything.
   */
  public static List<BatchPartition> among(List<BatchPartition> partitions) {
    Map<String, Double> slow = new HashMap<>();
    return partitions.stream()
        .filter(BatchPartition::isRunning)
        .filter(partition -> partition.pace().worked().compareTo(PATIENCE) >= 0)
        .filter(
            partition ->
                partition.pace().perSecond()
                    < slow.computeIfAbsent(partition.step(), step -> slow(step, partitions)))
        .toList();
  }

  private static double slow(String step, List<BatchPartition> partitions) {
    List<Double> paces =
        partitions.stream()
            .filter(partition -> partition.step().equals(step))
            .map(partition -> partition.pace().perSecond())
            .filter(pace -> pace > 0)
            .sorted()
            .toList();
    return paces.size() < FEWEST ? 0 : paces.get(paces.size() / 2) / FACTOR;
  }
}
