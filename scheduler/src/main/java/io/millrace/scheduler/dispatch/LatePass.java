package io.millrace.scheduler.dispatch;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Ends jobs that have not begun by their deadline. */
final class LatePass implements Pass {

  private final DueStore due;
  private final DispatchTransaction transaction;
  private final int batch;
  private final InstantSource clock;
  private final DispatchListener events;

  LatePass(
      DueStore due,
      DispatchTransaction transaction,
      int batch,
      InstantSource clock,
      DispatchListener events) {
    this.due = due;
    this.transaction = transaction;
    this.batch = batch;
    this.clock = clock;
    this.events = events;
  }

  @Override
  public String name() {
    return "late";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    return transaction.run(() -> end(clock.instant()));
  }

  private int end(Instant now) {
    List<JobHead> late = due.lockLate(now, batch);
    transaction.write(
        late.stream()
            .map(
                head ->
                    head.end(
                        DispatchTransaction.next(head, new JobAction.Expire(), now),
                        now,
                        head.setbacks(),
                        Job.Ending.NONE))
            .toList());
    if (!late.isEmpty()) {
      events.on(new DispatchEvent.Expired(late.size()));
    }
    return late.size();
  }
}
