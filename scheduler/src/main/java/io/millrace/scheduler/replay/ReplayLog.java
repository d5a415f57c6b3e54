package io.millrace.scheduler.replay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log: a constant phrase and keys. */
final class ReplayLog implements ReplayListener {

  private static final Logger LOG = LoggerFactory.getLogger("millrace.replay");

  private static final String REPLAY = "replay";

  @Override
  public void on(ReplayEvent event) {
    switch (event) {
      case ReplayEvent.Sliced e ->
          LOG.atDebug()
              .addKeyValue(REPLAY, e.replay())
              .addKeyValue("jobs", e.replayed())
              .addKeyValue("refused", e.refused())
              .log("jobs replayed");
      case ReplayEvent.Paused e ->
          LOG.atWarn()
              .addKeyValue(REPLAY, e.replay())
              .addKeyValue("reason", e.reason())
              .log("replay paused itself");
      case ReplayEvent.Finished e ->
          LOG.atInfo().addKeyValue(REPLAY, e.replay()).log("replay done");
      case ReplayEvent.Hindered e ->
          LOG.atWarn().addKeyValue("reason", e.reason()).log("replays hindered, trying again");
      case ReplayEvent.Recovered _ -> LOG.atInfo().log("replays go on");
    }
  }
}
