package io.millrace.worker.pipeline;

import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.concurrency.ConcurrencyProperties;
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
import io.millrace.worker.execution.TimeLimits;
import io.millrace.worker.execution.TransactionalWork;
import io.millrace.worker.intake.Intake;
import io.millrace.worker.settlement.EarlyAcknowledgement;
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
import javax.sql.DataSource;
import org.springframework.transaction.support.TransactionOperations;

/** Puts a pipeline together for each incarnation. */
record PipelineFactory(
    WorkerProperties worker,
    SettlementProperties settlement,
    RetryPolicies retries,
    TimeLimits limits,
    ConcurrencyProperties concurrency,
    BrokerConnector broker,
    Database database,
    ClaimFactory claims,
    OutcomeMessages outcomes,
    WorkerEvents events,
    InstantSource clock) {

  private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);

  /** What the pipeline writes with. */
  record Database(
      DataSource source, JobStore jobs, TransactionOperations transaction, EndWriter ends) {}

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
            database.jobs(),
            clock,
            events);
    Settlement settle =
        new Settlement(
            settlement, retries, database.ends(), guard, active, held, announcer, events);
    Execution run =
        new Execution(
            new Execution.Capacity(worker.calculationThreads(), worker.transactions()),
            new TransactionalWork(
                database.source(), database.transaction(), database.ends(), clock),
            limits,
            clock,
            events,
            settle::add,
            broken);
    Recording recording =
        new Recording(database.jobs(), database.transaction(), concurrency, self, clock);
    Claimer claim =
        claims.claimer(
            new ClaimFactory.Surroundings(self, intake, guard, active, held, announcer),
            recording,
            worker.batch(),
            Math.toIntExact(worker.maxPayload().toBytes()),
            run::run,
            run::isIdle);
    LongRunning record = new LongRunning(settlement.recordAfter(), recording, guard, active, clock);
    EarlyAcknowledgement early =
        new EarlyAcknowledgement(
            settlement.acknowledgeAfter(), recording, guard, active, announcer, clock, events);
    return new Pipeline(
        new Pipeline.Steps(intake, claim, run, settle, record, early, announcer, active, held),
        broken);
  }
}
