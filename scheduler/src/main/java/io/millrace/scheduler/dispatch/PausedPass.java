package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.pause.KnownPause;
import io.millrace.core.pause.Paused;
import io.millrace.core.store.JobHead;
import io.millrace.core.store.PauseStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Has the jobs that were set aside for a pause wait for their time again, once what they were set
 * aside for is resumed; and tells what is paused, and for how long.
 */
final class PausedPass implements Pass {

  private final Surroundings around;
  private final PauseStore pauses;

  PausedPass(Surroundings around) {
    this.around = around;
    this.pauses = around.parked().pauses();
  }

  @Override
  public String name() {
    return "paused";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    tell(pauses.all());
    Paused paused = pauses.current();
    int done = 0;
    for (PauseStore.SetAside each : pauses.setAside()) {
      if (!paused.holds(each.type(), each.lane())) {
        done += around.transaction().run(() -> resume(each));
      }
    }
    return done;
  }

  /** Those that are paused again meanwhile are set aside again when they are due. */
  private int resume(PauseStore.SetAside which) {
    Instant now = around.clock().instant();
    List<JobHead> heads = pauses.lockSetAside(which, around.properties().batch());
    around
        .transaction()
        .write(
            heads.stream()
                .map(
                    head ->
                        head.change(Lifecycle.next(head.standing(), new JobAction.Resume(), now)))
                .toList());
    if (!heads.isEmpty()) {
      JobType type = which.type();
      around.events().on(new DispatchEvent.Resumed(type, heads.size()));
    }
    return heads.size();
  }

  private void tell(List<KnownPause> all) {
    Duration longest =
        all.isEmpty()
            ? Duration.ZERO
            : Duration.between(all.getFirst().since(), around.clock().instant());
    around.events().on(new DispatchEvent.PausesMeasured(all.size(), longest));
  }
}
