package io.millrace.worker.pipeline;

import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.store.JobStore;
import io.millrace.worker.announcement.Announcer;
import io.millrace.worker.claim.ActiveJobs;
import io.millrace.worker.claim.ClaimFactory;
import io.millrace.worker.claim.Claimer;
import io.millrace.worker.claim.DatabaseGuard;
import io.millrace.worker.claim.HeldJobs;
import io.millrace.worker.claim.Recording;
import io.millrace.worker.execution.Execution;
import io.millrace.worker.intake.Intake;
import io.millrace.worker.settlement.EndWriter;
import io.millrace.worker.settlement.LongRunning;
import io.millrace.worker.settlement.RetryProperties.RetryPolicies;
import io.millrace.worker.settlement.Settlement;
import io.millrace.worker.settlement.SettlementProperties;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionOperations;

/** Puts a pipeline together for each incarnation. */
record PipelineFactory(
    WorkerProperties worker,
    SettlementProperties settlement,
    RetryPolicies retries,
    BrokerConnector broker,
    Database database,
    ClaimFactory claims,
    OutcomeMessages outcomes,
    WorkerEvents events,
    InstantSource clock) {

  private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);

  /** What the pipeline writes with. */
  record Database(JobStore jobs, TransactionOperations transaction, EndWriter ends) {}

  /**
   * A pipeline that has not begun.
   *
   * @param self the incarnation that it is for
   * @param broken told when it cannot go on
   */
  Pipeline pipeline(UUID self, Consumer<Throwable> broken) {
    Intake intake = new Intake(broker, claims.handlers().types(), worker.prefetch(), clock, events);
    DatabaseGuard guard = new DatabaseGuard(intake, clock, events);
    ActiveJobs active = new ActiveJobs();
    HeldJobs held = new HeldJobs(clock);
    Announcer announcer =
        new Announcer(
            new ConfirmedPublisher(broker, "millrace worker, announcing", CONFIRM_TIMEOUT),
            outcomes,
            intake,
            events);
    Settlement settle =
        new Settlement(
            settlement, retries, database.ends(), guard, active, held, announcer, events);
    Execution run = new Execution(worker.calculationThreads(), clock, settle::add);
    Recording recording = new Recording(database.jobs(), database.transaction(), self, clock);
    Claimer claim =
        claims.claimer(
            new ClaimFactory.Surroundings(self, intake, guard, active, held, announcer),
            recording,
            worker.batch(),
            Math.toIntExact(worker.maxPayload().toBytes()),
            run::run);
    LongRunning record = new LongRunning(settlement.recordAfter(), recording, guard, active, clock);
    return new Pipeline(
        new Pipeline.Steps(intake, claim, run, settle, record, announcer, active, held), broken);
  }
}
