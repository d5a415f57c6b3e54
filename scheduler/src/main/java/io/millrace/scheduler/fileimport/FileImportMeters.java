package io.millrace.scheduler.fileimport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** Counts events. The table of all meters is {@code ops/metrics.md}; a test compares the two. */
final class FileImportMeters implements FileImportListener {

  private final MeterRegistry registry;
  private final AtomicLong inbox = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private final Counter failures;

  FileImportMeters(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("millrace.file.import.inbox", inbox);
    registry.gauge("millrace.file.import.left", left);
    failures = registry.counter("millrace.file.import.watch.failures");
  }

  @Override
  public void on(FileImportEvent event) {
    switch (event) {
      case FileImportEvent.LinesImported e -> {
        lines(e.source(), "JOB", e.jobs());
        lines(e.source(), "DUPLICATE", e.duplicates());
        lines(e.source(), "REJECTED", e.rejected());
      }
      case FileImportEvent.InboxSeen e -> {
        inbox.set(e.files());
        left.set(e.left());
      }
      case FileImportEvent.WatchFailed _ -> failures.increment();
      case FileImportEvent.FileFound _,
          FileImportEvent.FileLeft _,
          FileImportEvent.WatchRecovered _ -> {}
    }
  }

  private void lines(String source, String result, long lines) {
    registry
        .counter("millrace.file.import.lines", "source", source, "result", result)
        .increment(lines);
  }
}
