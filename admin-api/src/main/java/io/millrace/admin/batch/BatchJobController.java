package io.millrace.admin.batch;

import io.millrace.admin.access.Reads;
import io.millrace.admin.access.WholeSystem;
import io.millrace.core.batch.BatchRunStore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the batch jobs that may be started. */
@RestController
@RequestMapping("/v1/batch-jobs")
final class BatchJobController {

  private final BatchRunStore runs;

  BatchJobController(BatchRunStore runs) {
    this.runs = runs;
  }

  /** Lists the batch jobs that may be started, with their parameters. */
  @Reads
  @WholeSystem
  @GetMapping
  BatchJobListView list() {
    return BatchJobListView.of(runs.jobs());
  }
}
