package io.millrace.scheduler.dispatch;

import io.millrace.core.lease.LeaseWatch;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataAccessException;

/** Watches the workers, so that one that dies last is found dead as well. */
final class WatchPass implements Pass {

  private final LeaseWatch watch;
  private final DispatchListener events;

  WatchPass(LeaseWatch watch, DispatchListener events) {
    this.watch = watch;
    this.events = events;
  }

  @Override
  public String name() {
    return "watch";
  }

  @Override
  public int run() {
    try {
      List<UUID> dead = watch.look();
      dead.forEach(worker -> events.on(new DispatchEvent.WorkerDeclaredDead(worker)));
      return 0;
    } catch (DataAccessException e) {
      watch.interrupted();
      throw e;
    }
  }
}
