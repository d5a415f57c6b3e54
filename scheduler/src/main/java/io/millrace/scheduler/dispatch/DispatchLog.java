package io.millrace.scheduler.dispatch;

import io.millrace.scheduler.dispatch.DispatchEvent.Announced;
import io.millrace.scheduler.dispatch.DispatchEvent.Convicted;
import io.millrace.scheduler.dispatch.DispatchEvent.Deferred;
import io.millrace.scheduler.dispatch.DispatchEvent.Dispatched;
import io.millrace.scheduler.dispatch.DispatchEvent.EndpointsAnnounced;
import io.millrace.scheduler.dispatch.DispatchEvent.Expired;
import io.millrace.scheduler.dispatch.DispatchEvent.LagMeasured;
import io.millrace.scheduler.dispatch.DispatchEvent.PassFailed;
import io.millrace.scheduler.dispatch.DispatchEvent.PassRecovered;
import io.millrace.scheduler.dispatch.DispatchEvent.PausesMeasured;
import io.millrace.scheduler.dispatch.DispatchEvent.PublishedAgain;
import io.millrace.scheduler.dispatch.DispatchEvent.ResultsDropped;
import io.millrace.scheduler.dispatch.DispatchEvent.Resumed;
import io.millrace.scheduler.dispatch.DispatchEvent.Returned;
import io.millrace.scheduler.dispatch.DispatchEvent.Revived;
import io.millrace.scheduler.dispatch.DispatchEvent.SetAside;
import io.millrace.scheduler.dispatch.DispatchEvent.WorkerDeclaredDead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log: a constant phrase and keys. */
final class DispatchLog implements DispatchListener {

  private static final Logger LOG = LoggerFactory.getLogger("millrace.dispatcher");

  @Override
  public void on(DispatchEvent event) {
    switch (event) {
      case LagMeasured _, PausesMeasured _ -> {}
      case Dispatched e ->
          LOG.atDebug()
              .addKeyValue("type", e.type())
              .addKeyValue("jobs", e.jobs())
              .log("dispatched");
      case Deferred e ->
          LOG.atDebug()
              .addKeyValue("type", e.type())
              .addKeyValue("jobs", e.jobs())
              .log("due, waiting for their turn");
      case Returned e ->
          LOG.atDebug()
              .addKeyValue("dependency", e.dependency())
              .addKeyValue("jobs", e.jobs())
              .log("parked jobs come back");
      case SetAside e ->
          LOG.atDebug()
              .addKeyValue("type", e.type())
              .addKeyValue("jobs", e.jobs())
              .log("due, but paused");
      case Resumed e ->
          LOG.atInfo()
              .addKeyValue("type", e.type())
              .addKeyValue("jobs", e.jobs())
              .log("jobs that were paused go on");
      case Expired e -> LOG.atInfo().addKeyValue("jobs", e.jobs()).log("expired before they began");
      case Revived e ->
          LOG.atInfo()
              .addKeyValue("job", e.job())
              .addKeyValue("attempt", e.attempt())
              .log("job of an ended worker revived");
      case Convicted e ->
          LOG.atWarn()
              .addKeyValue("job", e.job())
              .log("job failed, it ends the workers that run it");
      case Announced e -> LOG.atDebug().addKeyValue("jobs", e.jobs()).log("ends announced");
      case EndpointsAnnounced e ->
          LOG.atInfo().addKeyValue("endpoints", e.endpoints()).log("disabled endpoints announced");
      case PublishedAgain e ->
          LOG.atWarn()
              .addKeyValue("type", e.type())
              .addKeyValue("jobs", e.jobs())
              .log("messages lost by the broker published again");
      case ResultsDropped e -> LOG.atDebug().addKeyValue("jobs", e.jobs()).log("results dropped");
      case WorkerDeclaredDead e ->
          LOG.atWarn()
              .addKeyValue("incarnation", e.incarnation())
              .log("silent worker declared dead, its jobs may be taken over");
      case PassFailed e ->
          LOG.atWarn()
              .addKeyValue("pass", e.pass())
              .addKeyValue("reason", e.reason())
              .log("dispatcher hindered, trying again");
      case PassRecovered e -> LOG.atInfo().addKeyValue("pass", e.pass()).log("dispatcher goes on");
    }
  }
}
