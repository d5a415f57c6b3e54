package io.millrace.admin.workers;

import io.millrace.core.lease.OwnerEnd;
import io.millrace.core.lease.WorkerListing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The processes that live, and workers that ended lately; those that live come first. */
record WorkersView(List<WorkerView> workers, List<SchedulerView> schedulers) {

  /**
   * A life of a worker process; what does not apply is left out.
   *
   * @param types of which it has handlers; left out if its version does not say
   * @param endedPerSecond how many jobs ended in it a second when it was heard of last, over some
   *     seconds; left out if it has ended
   * @param heardAt when it was heard of last, by its own clock
   * @param end how it ended
   * @param jobs how many it runs, as their rows say
   * @param running some of them, those that have run for longest
   */
  record WorkerView(
      UUID id,
      String name,
      String version,
      @Nullable List<String> types,
      @Nullable Double endedPerSecond,
      Instant startedAt,
      Instant heardAt,
      @Nullable Instant endedAt,
      @Nullable OwnerEnd end,
      long jobs,
      List<RunningView> running) {}

  /** A job that a worker runs. */
  record RunningView(UUID id, String type, String tenant, int attempt, Instant startedAt) {}

  /** A scheduler whose JobRunr works, or worked a moment ago. */
  record SchedulerView(String name, Instant startedAt, Instant heardAt) {}

  static WorkersView of(
      List<WorkerListing.Known> workers,
      List<WorkerListing.Counted> counted,
      List<WorkerListing.Running> running,
      List<WorkerListing.Scheduler> schedulers) {
    Map<UUID, Long> jobs =
        counted.stream()
            .collect(
                Collectors.toMap(WorkerListing.Counted::incarnation, WorkerListing.Counted::jobs));
    Map<UUID, List<WorkerListing.Running>> byWorker =
        running.stream().collect(Collectors.groupingBy(WorkerListing.Running::incarnation));
    return new WorkersView(
        workers.stream()
            .map(
                each ->
                    view(
                        each,
                        jobs.getOrDefault(each.incarnation(), 0L),
                        byWorker.getOrDefault(each.incarnation(), List.of())))
            .toList(),
        schedulers.stream()
            .map(each -> new SchedulerView(each.name(), each.startedAt(), each.heardAt()))
            .toList());
  }

  private static WorkerView view(
      WorkerListing.Known worker, long jobs, List<WorkerListing.Running> running) {
    return new WorkerView(
        worker.incarnation(),
        worker.name(),
        worker.version(),
        worker.types(),
        worker.end() == null ? worker.endedPerSecond() : null,
        worker.startedAt(),
        worker.beatAt(),
        worker.endedAt(),
        worker.end(),
        jobs,
        running.stream()
            .map(
                job ->
                    new RunningView(
                        job.job(), job.type(), job.tenant(), job.attempt(), job.startedAt()))
            .toList());
  }
}
