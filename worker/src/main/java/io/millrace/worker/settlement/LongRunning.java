package io.millrace.worker.settlement;

import io.millrace.client.contract.JobId;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.claim.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Gives a row to calculations that have none and take longer, so that people see them and other
 * workers leave them alone. Steps on the thread that settles, so that the two writes of one job
 * never overlap.
 */
public final class LongRunning {

  private final Duration recordAfter;
  private final Surroundings around;
  private final InstantSource clock;
  private Instant nextLook;

  /**
   * @param recordAfter how long a handler runs before its job gets a row
   */
  public LongRunning(Duration recordAfter, Surroundings around, InstantSource clock) {
    this.recordAfter = recordAfter;
    this.around = around;
    this.clock = clock;
    this.nextLook = clock.instant();
  }

  /** Records what has become due; looks twice in {@code recordAfter}. */
  public void step() throws InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(recordAfter.dividedBy(2));
    Instant limit = now.minus(recordAfter);
    List<ActiveJob> due =
        around.active().all().stream()
            .filter(job -> job.isRunningSince(limit) && !job.isRecorded())
            .toList();
    if (due.isEmpty()) {
      return;
    }
    try {
      Set<JobId> recorded = around.database().insist(() -> around.recording().recordRunning(due));
      for (ActiveJob job : due) {
        if (recorded.contains(job.id())) {
          job.recorded();
        }
      }
    } catch (DataIntegrityViolationException _) {
      // One of them cannot be stored at all: its end will find that out, and say so.
    }
  }
}
