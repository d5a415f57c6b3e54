package io.millrace.admin.batch;

import io.millrace.core.batch.BatchRun;
import java.util.List;

/** The latest runs, the newest first. */
record BatchRunListView(List<BatchRunView> runs) {

  static BatchRunListView of(List<BatchRun> runs) {
    return new BatchRunListView(runs.stream().map(BatchRunView::of).toList());
  }
}
