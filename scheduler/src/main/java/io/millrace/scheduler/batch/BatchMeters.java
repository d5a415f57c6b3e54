package io.millrace.scheduler.batch;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts events. The table of all meters is {@code ops/metrics.md}; a test compares the two. */
final class BatchMeters implements BatchListener {

  private static final String RUNS = "millrace.batch.runs";
  private static final String PARTITIONS = "millrace.batch.partitions";

  private final MeterRegistry registry;

  BatchMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void on(BatchEvent event) {
    switch (event) {
      case BatchEvent.RunBegun e ->
          count(RUNS, e.job(), e.takenFrom() == null ? "begun" : "taken_over");
      case BatchEvent.RunCompleted e -> count(RUNS, e.job(), "completed");
      case BatchEvent.RunStopped e -> count(RUNS, e.job(), "stopped");
      case BatchEvent.RunBeginsAgain e -> count(RUNS, e.job(), "restarted");
      case BatchEvent.RunFailed e -> count(RUNS, e.job(), "failed");
      case BatchEvent.RunLeft e -> count(RUNS, e.job(), "left");
      case BatchEvent.Advanced e ->
          registry.counter("millrace.batch.items", "job", e.job()).increment(e.items());
      case BatchEvent.PartitionBegun e -> count(PARTITIONS, e.job(), "begun");
      case BatchEvent.PartitionFailed e -> count(PARTITIONS, e.job(), "failed");
      case BatchEvent.PartitionLeft e -> count(PARTITIONS, e.job(), "left");
      case BatchEvent.Hindered _ -> registry.counter("millrace.batch.hindered").increment();
      case BatchEvent.GoesOn _ -> {}
    }
  }

  private void count(String meter, String job, String what) {
    registry.counter(meter, "job", job, "event", what).increment();
  }
}
