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

  private final Tools tools;

  LatePass(Tools tools) {
    this.tools = tools;
  }

  @Override
  public String name() {
    return "late";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    return tools.transaction().run(() -> end(tools.clock().instant()));
  }

  private int end(Instant now) {
    List<JobHead> late = tools.due().lockLate(now, tools.properties().batch());
    tools
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
      tools.events().on(new DispatchEvent.Expired(late.size()));
    }
    return late.size();
  }
}
