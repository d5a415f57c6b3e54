package io.millrace.admin.batch;

import io.millrace.batch.BatchParameter;
import io.millrace.core.batch.KnownBatchJob;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The batch jobs that schedulers have, by name. */
record BatchJobListView(List<Item> jobs) {

  /**
   * A job.
   *
   * @param repeatable whether it may run again with parameters with which a run has completed
   * @param seenAt when a scheduler that has it began last
   */
  record Item(
      String name,
      String description,
      boolean repeatable,
      List<ParameterView> parameters,
      Instant seenAt) {

    static Item of(KnownBatchJob job) {
      return new Item(
          job.name(),
          job.description(),
          job.isRepeatable(),
          job.parameters().all().stream().map(ParameterView::of).toList(),
          job.seenAt());
    }
  }

  /**
   * What a run of it may be given.
   *
   * @param defaultValue left out if one has to be given
   */
  record ParameterView(
      String name, BatchParameter.Kind kind, String description, @Nullable String defaultValue) {

    static ParameterView of(BatchParameter parameter) {
      return new ParameterView(
          parameter.name(), parameter.kind(), parameter.description(), parameter.defaultValue());
    }
  }

  static BatchJobListView of(List<KnownBatchJob> jobs) {
    return new BatchJobListView(jobs.stream().map(Item::of).toList());
  }
}
