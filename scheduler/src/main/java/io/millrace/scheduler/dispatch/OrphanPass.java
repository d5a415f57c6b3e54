package io.millrace.scheduler.dispatch;

import io.millrace.core.job.AttemptFailure;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Recovery;
import io.millrace.core.job.RetryPolicy;
import io.millrace.core.job.Setbacks;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobHead;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.OrphanedJob;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes care of the jobs of workers that have ended, where no message of theirs does. */
final class OrphanPass implements Pass {

  private final Surroundings around;
  private final JobStore jobs;

  OrphanPass(Surroundings around, JobStore jobs) {
    this.around = around;
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "orphan";
  }

  @Override
  public int run() throws IOException, InterruptedException {
    return around.transaction().run(() -> recover(around.clock().instant()));
  }

  private int recover(Instant now) {
    List<OrphanedJob> orphans =
        around
            .due()
            .lockOrphans(now.minus(around.properties().orphanAfter()), around.properties().batch());
    List<JobChange> changes = new ArrayList<>();
    List<AttemptFailure> deaths = new ArrayList<>();
    for (OrphanedJob orphan : orphans) {
      JobHead head = orphan.head();
      changes.add(recover(orphan, now));
      AttemptFailure.ofWorker(head.id(), head.standing(), head.startedAt(), orphan.mishap(), now)
          .ifPresent(deaths::add);
    }
    around.transaction().write(changes);
    if (!deaths.isEmpty()) {
      jobs.recordFailures(deaths);
    }
    return orphans.size();
  }

  private JobChange recover(OrphanedJob orphan, Instant now) {
    JobHead head = orphan.head();
    Recovery recovery =
        Recovery.from(
            orphan.mishap(),
            head.setbacks(),
            RetryPolicy.NEVER,
            head.deadline(),
            now,
            0); // no attempt failed, so neither policy nor chance has a say
    return switch (recovery) {
      case Recovery.RunAgain(Instant notBefore, Setbacks after) ->
          revive(head, notBefore, after, now);
      // It waits, and the look for what is late finds it.
      case Recovery.Expire(Setbacks after) -> revive(head, now, after, now);
      case Recovery.GiveUp(var why, Setbacks after) -> {
        around.events().on(new DispatchEvent.Convicted(head.id()));
        yield head.end(
            Lifecycle.next(head.standing(), new JobAction.Convict(), now),
            now,
            after,
            Job.Ending.failed(why));
      }
    };
  }

  private JobChange revive(JobHead head, Instant dueAt, Setbacks after, Instant now) {
    var next = Lifecycle.next(head.standing(), new JobAction.Revive(dueAt), now);
    around.events().on(new DispatchEvent.Revived(head.id(), next.attempt()));
    return head.change(next, after);
  }
}
