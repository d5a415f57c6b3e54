package io.millrace.admin.jobs;

import io.millrace.client.contract.Lane;
import io.millrace.core.job.JobState;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.ListedJob;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs as the API shows it.
 *
 * @param next what to ask for as {@code after} to read on; left out on the last page
 */
record JobListView(List<Item> jobs, @Nullable String next) {

  /** A job without its payload and its result; what does not apply is left out. */
  record Item(
      UUID id,
      String tenant,
      String type,
      String messageId,
      Lane lane,
      JobState state,
      @Nullable WaitReason waitReason,
      @Nullable Instant dueAt,
      int attempt,
      int failures,
      int crashes,
      @Nullable UUID worker,
      @Nullable Instant deadline,
      Instant createdAt,
      @Nullable Instant queuedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable FailureView failure) {

    static Item of(ListedJob job) {
      ListedJob.Name name = job.name();
      return new Item(
          job.id().value(),
          name.tenant(),
          name.type().name(),
          name.messageId(),
          name.lane(),
          job.standing().state(),
          job.standing().waitReason(),
          job.standing().dueAt(),
          job.standing().attempt(),
          job.setbacks().failures(),
          job.setbacks().crashes(),
          job.standing().owner(),
          job.deadline(),
          job.times().createdAt(),
          job.times().queuedAt(),
          job.times().startedAt(),
          job.times().finishedAt(),
          job.failure() == null ? null : FailureView.of(job.failure()));
    }
  }

  /**
   * The first {@code most} of the jobs in {@code state}.
   *
   * @param found one more than {@code most}, if there are as many
   */
  static JobListView of(JobState state, List<ListedJob> found, int most) {
    List<ListedJob> shown = found.subList(0, Math.min(most, found.size()));
    return new JobListView(
        shown.stream().map(Item::of).toList(),
        found.size() > most ? Cursor.of(state, shown.getLast().position()) : null);
  }
}
