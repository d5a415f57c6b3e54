package io.millrace.admin.jobs;

import static java.util.stream.Collectors.toMap;

import io.millrace.admin.events.Watchable;
import io.millrace.core.job.JobState;
import io.millrace.core.job.WaitReason;
import io.millrace.core.store.WatchStore;
import io.millrace.core.store.WatchStore.Watched;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs, for whoever watches them. */
final class JobStandings implements Watchable {

  private final WatchStore store;

  JobStandings(WatchStore store) {
    this.store = store;
  }

  /**
   * How a job stands, as its watchers are told; what does not apply is left out.
   *
   * @param failure the kind of the failure that it has ended with
   */
  record JobEvent(
      UUID id,
      JobState state,
      @Nullable WaitReason waitReason,
      int attempt,
      int failures,
      JobView.@Nullable ProgressView progress,
      @Nullable String failure) {

    static JobEvent of(Watched job) {
      Double done = job.done();
      String note = job.note();
      return new JobEvent(
          job.id(),
          job.state(),
          job.waitReason(),
          job.attempt(),
          job.failures(),
          done == null || note == null ? null : new JobView.ProgressView(done, note),
          job.failure());
    }
  }

  @Override
  public Map<UUID, Standing> look(Collection<UUID> ids) {
    return store.standing(ids).stream()
        .collect(toMap(Watched::id, job -> new Standing(JobEvent.of(job), job.state().isFinal())));
  }
}
