package io.millrace.worker.settlement;

import io.millrace.client.contract.JobId;
import io.millrace.core.store.JobProgress;
import io.millrace.handler.Progress;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.claim.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what handlers say about how far they are, once a second, all of it in one statement. Steps
 * on the thread that settles.
 */
public final class ProgressReports {

  private static final Duration EVERY_SECOND = Duration.ofSeconds(1);

  private final Surroundings around;
  private final InstantSource clock;
  private Instant nextLook;
  private Map<JobId, Progress> written = Map.of();

  public ProgressReports(Surroundings around, InstantSource clock) {
    this.around = around;
    this.clock = clock;
    this.nextLook = clock.instant();
  }

  /** Writes what is new, if it is time. */
  public void step() throws InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(EVERY_SECOND);
    Map<JobId, Progress> said = new HashMap<>();
    List<JobProgress> news = new ArrayList<>();
    for (ActiveJob job : around.active().all()) {
      Progress progress = job.reported();
      if (progress == null || !job.isRecorded()) {
        continue;
      }
      said.put(job.id(), progress);
      if (!progress.equals(written.get(job.id()))) {
        news.add(new JobProgress(job.id(), job.token(), progress.done(), progress.note()));
      }
    }
    if (!news.isEmpty()) {
      around.database().insist(() -> around.recording().report(news));
    }
    written = said;
  }
}
