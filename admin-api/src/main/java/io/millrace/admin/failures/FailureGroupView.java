package io.millrace.admin.failures;

import io.millrace.client.contract.JobId;
import io.millrace.core.failure.FailureSummary;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that stand failed and failed alike; what does not apply is left out.
 *
 * @param id 16 hexadecimal digits, or {@code ungrouped}: what failed before there were groups
 * @param kind the class of the exception, or a reason of the engine's own in capitals
 * @param message with placeholders for what differs from job to job
 * @param frames the top of the handler's stack
 * @param jobs how many stand failed in it now
 * @param samples some of them, the latest first
 */
record FailureGroupView(
    String id,
    @Nullable String type,
    @Nullable String kind,
    @Nullable String message,
    @Nullable List<String> frames,
    long jobs,
    Instant firstAt,
    Instant lastAt,
    @Nullable Instant firstSeenAt,
    List<UUID> samples) {

  /** The groups that were asked for. */
  record ListView(List<FailureGroupView> failures) {}

  /** With its last and its first job as samples. */
  static FailureGroupView of(FailureSummary group) {
    return of(
        group,
        group.lastJob().equals(group.firstJob())
            ? List.of(group.lastJob())
            : List.of(group.lastJob(), group.firstJob()));
  }

  static FailureGroupView of(FailureSummary group, List<JobId> samples) {
    FailureSummary.About about = group.about();
    return new FailureGroupView(
        group.id().toString(),
        about == null ? null : about.type().name(),
        about == null ? null : about.kind(),
        about == null ? null : about.message(),
        about == null ? null : about.frames().lines().toList(),
        group.jobs(),
        group.firstAt(),
        group.lastAt(),
        about == null ? null : about.firstSeenAt(),
        samples.stream().map(JobId::value).toList());
  }
}
