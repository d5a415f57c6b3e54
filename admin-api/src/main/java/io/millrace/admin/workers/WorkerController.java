package io.millrace.admin.workers;

import io.millrace.admin.access.Reads;
import io.millrace.admin.access.WholeSystem;
import io.millrace.core.lease.WorkerListing;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the processes. */
@RestController
@RequestMapping("/v1/workers")
final class WorkerController {

  private static final int MOST = 500;
  private static final int JOBS_OF_EACH = 50;
  private static final Duration LATELY = Duration.ofDays(1);

  private final WorkerListing workers;
  private final InstantSource clock;

  WorkerController(WorkerListing workers, InstantSource clock) {
    this.workers = workers;
    this.clock = clock;
  }

  /** Those that live with what they run, and those that ended within a day. */
  @Reads
  @WholeSystem
  @GetMapping
  WorkersView all() {
    return WorkersView.of(
        workers.workers(clock.instant().minus(LATELY), MOST),
        workers.counted(),
        workers.running(JOBS_OF_EACH),
        workers.schedulers());
  }
}
