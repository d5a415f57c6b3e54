package io.millrace.scheduler.retention;

import io.millrace.batch.BatchJob;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.RunContext;
import io.millrace.batch.Task.Progress;
import io.millrace.batch.TaskStep;
import io.millrace.scheduler.retention.OldJobs.Ended;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The run {@code retention}: erases jobs that have been kept for as long as they are to be, forgets
 * the ids of those that were erased long ago, and deletes old messages from the quarantine, what is
 * known of old batch runs, old replays, and groups of failures that nothing is in any more.
 */
final class Retention {

  static final String NAME = "retention";

  private static final String KEEP = "keep";
  private static final String IDS = "ids";

  /** A run of a batch may have thousands of partitions. */
  private static final int RUNS = 5;

  private final RetentionProperties properties;
  private final RetentionPolicy policy;
  private final OldJobs jobs;
  private final OldRecords records;
  private final Sweep sweep;
  private final InstantSource clock;

  Retention(RetentionProperties properties, OldJobs jobs, OldRecords records, InstantSource clock) {
    this.properties = properties;
    this.policy = properties.policy();
    this.jobs = jobs;
    this.records = records;
    this.sweep = new Sweep(jobs, properties.batch());
    this.clock = clock;
  }

  BatchJob asJob() {
    return BatchJob.named(NAME)
        .describedAs("erases and deletes what has been kept for as long as it was to be")
        .repeatable()
        .step(new TaskStep("erase-jobs", this::times, this::erase))
        .step(new TaskStep("forget-ids", this::ids, this::forget))
        .step(TaskStep.of("delete-messages", this::deleteMessages))
        .step(TaskStep.of("delete-batch-runs", this::deleteRuns))
        .step(TaskStep.of("delete-replays", this::deleteReplays))
        .step(TaskStep.of("delete-failure-groups", this::deleteGroups))
        .build();
  }

  /** One for each time that jobs are kept for. */
  private List<Partition> times(RunContext run) {
    return policy.times().stream()
        .map(time -> new Partition("after-" + time, 0, Map.of(KEEP, time.toString())))
        .toList();
  }

  private Progress erase(PartitionContext context, ExecutionContext state) {
    Duration keep = Duration.parse(context.partition().text(KEEP));
    Instant now = clock.instant();
    return sweep.next(
        context.partition().name(),
        policy.toString(),
        now.minus(keep),
        new Sweep.Work() {
          @Override
          public boolean isFor(Ended job) {
            return !job.isErased() && policy.keep(job.type(), job.tenant()).equals(keep);
          }

          @Override
          public int apply(List<Ended> due, Instant until) {
            return isForgotten(until, now)
                ? jobs.delete(ids(due), until)
                : jobs.erase(ids(due), until, now);
          }
        },
        state);
  }

  /** Whether not even the id is kept of what ended then. */
  private boolean isForgotten(Instant until, Instant now) {
    return !properties.ids().isZero() && !until.isAfter(now.minus(properties.ids()));
  }

  private List<Partition> ids(RunContext run) {
    return properties.ids().isZero() ? List.of() : List.of(new Partition(IDS, 0, Map.of()));
  }

  private Progress forget(PartitionContext context, ExecutionContext state) {
    return sweep.next(
        context.partition().name(),
        policy.toString(), // another one may have erased what is older than what was forgotten
        clock.instant().minus(properties.ids()),
        new Sweep.Work() {
          @Override
          public boolean isFor(Ended job) {
            return job.isErased();
          }

          @Override
          public int apply(List<Ended> due, Instant until) {
            return jobs.delete(ids(due), until);
          }
        },
        state);
  }

  private static List<UUID> ids(List<Ended> jobs) {
    return jobs.stream().map(Ended::id).toList();
  }

  private Progress deleteMessages(PartitionContext context, ExecutionContext state) {
    if (properties.quarantine().isZero()) {
      return Progress.finished(0);
    }
    int deleted =
        records.deleteMessages(clock.instant().minus(properties.quarantine()), properties.batch());
    return new Progress(deleted, deleted < properties.batch());
  }

  private Progress deleteRuns(PartitionContext context, ExecutionContext state) {
    if (properties.batches().isZero()) {
      return Progress.finished(0);
    }
    int deleted = records.deleteRuns(clock.instant().minus(properties.batches()), RUNS);
    return new Progress(deleted, deleted < RUNS);
  }

  private Progress deleteReplays(PartitionContext context, ExecutionContext state) {
    return ofJobs(records::deleteReplays);
  }

  private Progress deleteGroups(PartitionContext context, ExecutionContext state) {
    return ofJobs(records::deleteGroups);
  }

  /** Deletes some of what is kept for as long as jobs are that no rule is for. */
  private Progress ofJobs(Deletion deletion) {
    if (properties.jobs().isZero()) {
      return Progress.finished(0);
    }
    int deleted = deletion.delete(clock.instant().minus(properties.jobs()), properties.batch());
    return new Progress(deleted, deleted < properties.batch());
  }

  /** Deletes at most so many of what is older. */
  private interface Deletion {

    int delete(Instant before, int most);
  }
}
