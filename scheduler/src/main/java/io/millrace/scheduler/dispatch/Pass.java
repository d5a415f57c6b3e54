package io.millrace.scheduler.dispatch;

import java.io.IOException;
import java.time.Duration;

/** One kind of look, and what is done about what it finds. For one thread. */
public interface Pass {

  /** How the log and the meters call it. */
  String name();

  /**
   * Looks once and does what there is to do, or a batch of it.
   *
   * @return how many jobs it did something about; if any, it is worth looking again at once
   * @throws IOException if the broker does not take what is to be published: nothing was changed
   * @throws org.springframework.dao.DataAccessException if the database does not answer; nothing
   *     was changed, or it was and the answer was lost, which the next look finds out
   */
  int run() throws IOException, InterruptedException;

  /**
   * How long to rest after a look that found nothing.
   *
   * @param interval the longest
   */
  default Duration rest(Duration interval) {
    return interval;
  }
}
