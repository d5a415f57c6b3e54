package io.millrace.scheduler.jobrunr;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log. */
final class JobRunrLog implements JobRunrListener {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunrLog.class);

  @Override
  public void on(JobRunrEvent event) {
    switch (event) {
      case JobRunrEvent.Started _ -> LOG.atDebug().log("JobRunr's server begins");
      case JobRunrEvent.Working _ -> LOG.atInfo().log("JobRunr's server works");
      case JobRunrEvent.Lost e ->
          LOG.atWarn()
              .addKeyValue("reason", e.reason())
              .addKeyValue("after", e.after())
              .log("JobRunr's server works no longer, starting another");
    }
  }
}
