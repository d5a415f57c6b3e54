package io.millrace.worker.signal;

import io.millrace.core.job.JobState;
import io.millrace.worker.signal.WorkerEvent.AcknowledgedEarly;
import io.millrace.worker.signal.WorkerEvent.AnnouncementDelayed;
import io.millrace.worker.signal.WorkerEvent.AttemptFailed;
import io.millrace.worker.signal.WorkerEvent.BatchTaken;
import io.millrace.worker.signal.WorkerEvent.BrokerConnected;
import io.millrace.worker.signal.WorkerEvent.BrokerLost;
import io.millrace.worker.signal.WorkerEvent.CallEnded;
import io.millrace.worker.signal.WorkerEvent.CircuitClosed;
import io.millrace.worker.signal.WorkerEvent.CircuitOpened;
import io.millrace.worker.signal.WorkerEvent.CommitFenced;
import io.millrace.worker.signal.WorkerEvent.DatabaseBack;
import io.millrace.worker.signal.WorkerEvent.DatabaseLost;
import io.millrace.worker.signal.WorkerEvent.DeliveryHeld;
import io.millrace.worker.signal.WorkerEvent.DependencyRests;
import io.millrace.worker.signal.WorkerEvent.DuplicateRecognised;
import io.millrace.worker.signal.WorkerEvent.EndpointDisabled;
import io.millrace.worker.signal.WorkerEvent.GroupSettled;
import io.millrace.worker.signal.WorkerEvent.HandlerGivenUp;
import io.millrace.worker.signal.WorkerEvent.HandlerInterrupted;
import io.millrace.worker.signal.WorkerEvent.JobEnded;
import io.millrace.worker.signal.WorkerEvent.JobParked;
import io.millrace.worker.signal.WorkerEvent.JobSetAside;
import io.millrace.worker.signal.WorkerEvent.JobTakenOver;
import io.millrace.worker.signal.WorkerEvent.LimitsBack;
import io.millrace.worker.signal.WorkerEvent.LimitsLost;
import io.millrace.worker.signal.WorkerEvent.MessageRefused;
import io.millrace.worker.signal.WorkerEvent.OthersGoFirst;
import io.millrace.worker.signal.WorkerEvent.ProcessEnding;
import io.millrace.worker.signal.WorkerEvent.QueuesPaused;
import io.millrace.worker.signal.WorkerEvent.SuspectRunsAlone;
import io.millrace.worker.signal.WorkerEvent.TypesPaused;
import io.millrace.worker.signal.WorkerEvent.WorkerDeclaredDead;
import io.millrace.worker.signal.WorkerEvent.WorkerEnded;
import io.millrace.worker.signal.WorkerEvent.WorkerStarted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the log: a constant phrase and keys, never a payload. */
final class WorkerLog implements WorkerEventListener {

  private static final Logger LOG = LoggerFactory.getLogger("millrace.worker");

  @Override
  public void on(WorkerEvent event) {
    switch (event) {
      case BatchTaken _, GroupSettled _, CallEnded _ -> {}
      case JobEnded e -> ended(e);
      case MessageRefused e ->
          LOG.atWarn()
              .addKeyValue("reason", e.reason())
              .addKeyValue("queue", e.queue())
              .addKeyValue("messageId", e.messageId())
              .addKeyValue("explanation", e.explanation())
              .log("message quarantined");
      case DuplicateRecognised e ->
          LOG.atDebug().addKeyValue("job", e.job()).log("duplicate recognised");
      case DeliveryHeld e ->
          LOG.atDebug().addKeyValue("job", e.job()).log("delivery held, the job runs elsewhere");
      case OthersGoFirst e ->
          LOG.atDebug()
              .addKeyValue("job", e.job())
              .log("beyond its tenant's share, others go first");
      case JobTakenOver e ->
          LOG.atInfo()
              .addKeyValue("job", e.job())
              .addKeyValue("attempt", e.attempt())
              .log("job taken over from a dead worker");
      case AttemptFailed e ->
          LOG.atInfo()
              .addKeyValue("job", e.job())
              .addKeyValue("type", e.type())
              .addKeyValue("attempt", e.attempt())
              .addKeyValue("reason", e.reason())
              .addKeyValue("next", e.next())
              .log("attempt failed, tried again later");
      case HandlerInterrupted e ->
          LOG.atInfo()
              .addKeyValue("job", e.job())
              .addKeyValue("reason", e.reason())
              .log("handler interrupted");
      case HandlerGivenUp e ->
          LOG.atError()
              .addKeyValue("job", e.job())
              .addKeyValue("type", e.type())
              .addKeyValue("lost", e.lost())
              .log("handler does not heed its interrupt, its thread is given up");
      case ProcessEnding e ->
          LOG.atError().addKeyValue("reason", e.reason()).log("this process ends itself");
      case SuspectRunsAlone e ->
          LOG.atWarn()
              .addKeyValue("job", e.job())
              .addKeyValue("crashes", e.crashes())
              .log("job runs alone, its workers died with it");
      case AcknowledgedEarly e ->
          LOG.atInfo()
              .addKeyValue("jobs", e.jobs())
              .log("long jobs acknowledged, the dispatcher announces their ends");
      case JobParked e ->
          LOG.atDebug()
              .addKeyValue("job", e.job())
              .addKeyValue("type", e.type())
              .addKeyValue("dependency", e.dependency())
              .addKeyValue("reason", e.why())
              .log("job parked");
      case CircuitOpened e ->
          LOG.atWarn()
              .addKeyValue("dependency", e.dependency())
              .addKeyValue("reason", e.reason())
              .log("circuit opened, jobs wait until a probe succeeds");
      case CircuitClosed e ->
          LOG.atInfo()
              .addKeyValue("dependency", e.dependency())
              .log("circuit closed, jobs come back");
      case DependencyRests e ->
          LOG.atInfo()
              .addKeyValue("dependency", e.dependency())
              .addKeyValue("rest", e.rest())
              .log("dependency asked for a rest, nobody calls it");
      case EndpointDisabled e ->
          LOG.atWarn()
              .addKeyValue("endpoint", e.endpoint())
              .addKeyValue("reason", e.reason())
              .log("endpoint disabled, no webhooks are sent to it");
      case TypesPaused e -> {
        if (e.types().isEmpty()) {
          LOG.atInfo().log("jobs of all types are taken from the broker");
        } else {
          LOG.atWarn()
              .addKeyValue("types", e.types())
              .log("jobs are left in the broker, what they call is down");
        }
      }
      case QueuesPaused e ->
          LOG.atInfo()
              .addKeyValue("types", e.paused().types())
              .addKeyValue("lanes", e.paused().lanes())
              .log(
                  e.paused().isNothing()
                      ? "nothing is paused any more"
                      : "paused by operators, no job of these begins");
      case JobSetAside e ->
          LOG.atDebug()
              .addKeyValue("job", e.job())
              .addKeyValue("type", e.type())
              .log("job set aside");
      case CommitFenced e ->
          LOG.atWarn()
              .addKeyValue("job", e.job())
              .addKeyValue("attempt", e.attempt())
              .log("late commit refused, the lease had passed on");
      case DatabaseLost e ->
          LOG.atWarn()
              .addKeyValue("reason", e.reason())
              .log("database away, consumption paused, trying again");
      case DatabaseBack e ->
          LOG.atInfo().addKeyValue("away", e.away()).log("database back, consumption resumed");
      case LimitsLost e ->
          LOG.atWarn()
              .addKeyValue("reason", e.reason())
              .log("rate limits away, limited calls wait, trying again");
      case LimitsBack e ->
          LOG.atInfo().addKeyValue("away", e.away()).log("rate limits back, limited calls go on");
      case BrokerLost e ->
          LOG.atWarn().addKeyValue("reason", e.reason()).log("broker away, trying again");
      case BrokerConnected e ->
          LOG.atInfo()
              .addKeyValue("broker", e.address())
              .addKeyValue("queues", e.queues())
              .log("consuming");
      case AnnouncementDelayed e ->
          LOG.atWarn()
              .addKeyValue("outcomes", e.outcomes())
              .addKeyValue("reason", e.reason())
              .log("outcomes not announced yet, trying again");
      case WorkerStarted e ->
          LOG.atInfo()
              .addKeyValue("incarnation", e.incarnation())
              .addKeyValue("types", e.types())
              .log("worker started");
      case WorkerEnded e ->
          LOG.atInfo()
              .addKeyValue("incarnation", e.incarnation())
              .addKeyValue("reason", e.reason())
              .log("worker ended");
      case WorkerDeclaredDead e ->
          LOG.atWarn()
              .addKeyValue("incarnation", e.incarnation())
              .log("silent worker declared dead, its jobs may be taken over");
    }
  }

  private static void ended(JobEnded event) {
    (event.state() == JobState.SUCCEEDED ? LOG.atDebug() : LOG.atInfo())
        .addKeyValue("job", event.job())
        .addKeyValue("type", event.type())
        .addKeyValue("state", event.state())
        .addKeyValue("run", event.run())
        .log("job ended");
  }
}
