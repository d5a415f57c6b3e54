package io.millrace.scheduler.batch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes events to the log: a constant phrase and keys. */
final class BatchLog implements BatchListener {

  private static final Logger LOG = LoggerFactory.getLogger("millrace.batch");

  @Override
  public void on(BatchEvent event) {
    switch (event) {
      case BatchEvent.RunBegun e -> {
        if (e.takenFrom() == null) {
          run(LOG.atInfo(), e.run(), e.job()).log("run begun");
        } else {
          run(LOG.atWarn(), e.run(), e.job())
              .addKeyValue("from", e.takenFrom())
              .log("run of a silent scheduler taken over");
        }
      }
      case BatchEvent.RunCompleted e -> run(LOG.atInfo(), e.run(), e.job()).log("run completed");
      case BatchEvent.RunStopped e -> run(LOG.atInfo(), e.run(), e.job()).log("run stopped");
      case BatchEvent.RunBeginsAgain e ->
          run(LOG.atWarn(), e.run(), e.job())
              .addKeyValue("reason", e.reason())
              .addKeyValue("after", e.after())
              .log("run failed, it begins again where it was");
      case BatchEvent.RunFailed e ->
          run(LOG.atError(), e.run(), e.job())
              .addKeyValue("reason", e.reason())
              .log("run failed for good");
      case BatchEvent.RunLeft e ->
          run(LOG.atInfo(), e.run(), e.job()).log("run left to another scheduler");
      case BatchEvent.Advanced _ -> {}
      case BatchEvent.PartitionBegun e ->
          run(LOG.atDebug(), e.run(), e.job())
              .addKeyValue("step", e.step())
              .addKeyValue("partition", e.partition())
              .log("partition begun");
      case BatchEvent.PartitionFailed e ->
          run(LOG.atWarn(), e.run(), e.job())
              .addKeyValue("step", e.step())
              .addKeyValue("partition", e.partition())
              .addKeyValue("reason", e.reason())
              .log("partition failed");
      case BatchEvent.PartitionLeft e ->
          run(LOG.atInfo(), e.run(), e.job())
              .addKeyValue("step", e.step())
              .addKeyValue("partition", e.partition())
              .log("partition left to another scheduler");
      case BatchEvent.Hindered e ->
          LOG.atWarn().addKeyValue("reason", e.reason()).log("batches hindered, trying again");
      case BatchEvent.GoesOn() -> LOG.atInfo().log("batches go on");
    }
  }

  private static LoggingEventBuilder run(LoggingEventBuilder line, Object run, String job) {
    return line.addKeyValue("run", run).addKeyValue("job", job);
  }
}
