package io.millrace.scheduler.dispatch;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.store.JobHead;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Ends jobs that have not begun by their deadline. */
final class LatePass implements Pass {

  private final Surroundings around;

  LatePass(Surroundings around) {
    this.around = around;
  }

  @Override
  public String name() {
    return "late";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    return around.transaction().run(() -> end(around.clock().instant()));
  }

  private int end(Instant now) {
    List<JobHead> late = around.due().lockLate(now, around.properties().batch());
    around
        .transaction()
        .write(
            late.stream()
                .map(
                    head ->
                        head.end(
                            Lifecycle.next(head.standing(), new JobAction.Expire(), now),
                            now,
                            head.setbacks(),
                            Job.Ending.NONE))
                .toList());
    if (!late.isEmpty()) {
      around.events().on(new DispatchEvent.Expired(late.size()));
    }
    return late.size();
  }
}
