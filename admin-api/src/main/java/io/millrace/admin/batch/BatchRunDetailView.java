package io.millrace.admin.batch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.millrace.batch.ControlTotal;
import io.millrace.core.batch.BatchPartition;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.Stragglers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run with its parts.
 *
 * @param totals what was added up at its end
 */
record BatchRunDetailView(
    @JsonUnwrapped BatchRunView run, List<PartitionView> partitions, List<TotalView> totals) {

  /**
   * A part of a step's work, over all executions of the run.
   *
   * @param status of its last execution, as Spring Batch names it
   * @param scheduler that does it, or did it last
   * @param total left out, as percent, if nobody knows
   * @param perSecond in its last execution
   * @param startedAt when its last execution was begun
   * @param seconds from then to its end, or until now
   * @param straggler whether it is at work with less than half the pace of the others
   * @param message why its last execution has failed
   */
  record PartitionView(
      String step,
      String name,
      String state,
      String status,
      @Nullable String scheduler,
      long done,
      @Nullable Long total,
      @Nullable Double percent,
      long skipped,
      double perSecond,
      @Nullable Long secondsLeft,
      @Nullable Instant startedAt,
      long seconds,
      boolean straggler,
      @Nullable String message) {

    static PartitionView of(BatchPartition partition, boolean straggler) {
      return new PartitionView(
          partition.step(),
          partition.name(),
          partition.state(),
          partition.status(),
          partition.owner(),
          partition.done(),
          partition.total() == 0 ? null : partition.total(),
          BatchRunView.shown(partition.percent()),
          partition.skipped(),
          BatchRunView.rounded(partition.pace().perSecond()),
          partition.timeLeft().map(Duration::toSeconds).orElse(null),
          partition.pace().startedAt(),
          partition.pace().worked().toSeconds(),
          straggler,
          partition.message());
    }
  }

  /** A control total; its numbers are texts, as exact as they are. */
  record TotalView(String name, String expected, String actual, boolean matches) {

    static TotalView of(ControlTotal total) {
      return new TotalView(
          total.name(),
          total.expected().toPlainString(),
          total.actual().toPlainString(),
          total.matches());
    }
  }

  static BatchRunDetailView of(
      BatchRun run, List<BatchPartition> partitions, List<ControlTotal> totals) {
    Set<BatchPartition> stragglers = new HashSet<>(Stragglers.among(partitions));
    return new BatchRunDetailView(
        BatchRunView.of(run),
        partitions.stream()
            .map(partition -> PartitionView.of(partition, stragglers.contains(partition)))
            .toList(),
        totals.stream().map(TotalView::of).toList());
  }
}
