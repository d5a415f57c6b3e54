package io.millrace.worker.pipeline;

import io.millrace.worker.announcement.Announcer;
import io.millrace.worker.claim.ActiveJobs;
import io.millrace.worker.claim.Claimer;
import io.millrace.worker.claim.HeldJobs;
import io.millrace.worker.settlement.EarlyAcknowledgement;
import io.millrace.worker.settlement.LongRunning;
import io.millrace.worker.settlement.ProgressReports;
import io.millrace.worker.settlement.Settlement;

/**
 * The steps of one incarnation, but for the handlers, and where the jobs are meanwhile. Each is
 * made by one thread.
 */
public record Steps(
    Claimer claim,
    Settlement settle,
    LongRunning record,
    EarlyAcknowledgement early,
    ProgressReports progress,
    Announcer announce,
    ActiveJobs active,
    HeldJobs held) {

  /** Writes what is to be written: what runs for long, what waits for long, what has ended. */
  public void settleStep() throws InterruptedException {
    lookStep();
    settle.step();
  }

  /** The same without what has ended, which is waited for. */
  public void lookStep() throws InterruptedException {
    record.step();
    early.step();
    progress.step();
  }
}
