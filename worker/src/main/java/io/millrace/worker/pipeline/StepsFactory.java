package io.millrace.worker.pipeline;

import io.millrace.core.Pause;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.store.JobStore;
import io.millrace.worker.announcement.Announcer;
import io.millrace.worker.claim.ActiveJobs;
import io.millrace.worker.claim.ClaimFactory;
import io.millrace.worker.claim.DatabaseGuard;
import io.millrace.worker.claim.HeldJobs;
import io.millrace.worker.claim.Recording;
import io.millrace.worker.claim.Runner;
import io.millrace.worker.claim.ShareProperties;
import io.millrace.worker.claim.Surroundings;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.intake.Intake;
import io.millrace.worker.settlement.EarlyAcknowledgement;
import io.millrace.worker.settlement.EndWriter;
import io.millrace.worker.settlement.LongRunning;
import io.millrace.worker.settlement.ProgressReports;
import io.millrace.worker.settlement.RetryProperties.RetryPolicies;
import io.millrace.worker.settlement.Settlement;
import io.millrace.worker.settlement.SettlementProperties;
import io.millrace.worker.signal.WorkerEvents;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the steps of an incarnation together, whatever the broker, the database and the clock. */
public record StepsFactory(
    Rules rules,
    Database database,
    ClaimFactory claims,
    OutcomeMessages outcomes,
    Time time,
    WorkerEvents events) {

  /** What is configured. */
  public record Rules(
      ClaimFactory.Limits claim,
      SettlementProperties settlement,
      RetryPolicies retries,
      ConcurrencyProperties concurrency,
      ShareProperties shares) {}

  /** What is written with. */
  public record Database(JobStore jobs, TransactionOperations transaction) {}

  /**
   * Time, and chance.
   *
   * @param random evenly distributed, from 0 to below 1
   */
  public record Time(InstantSource clock, Pause pause, DoubleSupplier random) {}

  /**
   * The steps.
   *
   * @param self the incarnation that they are for
   * @param runner makes what runs the jobs, and hands each on to what it is given
   */
  public <R extends Runner> Made<R> steps(
      UUID self,
      Intake intake,
      ConfirmedPublisher publisher,
      Function<Consumer<FinishedJob>, R> runner) {
    InstantSource clock = time.clock();
    Recording recording =
        new Recording(database.jobs(), database.transaction(), rules.concurrency(), self, clock);
    Announcer announcer =
        new Announcer(publisher, outcomes, intake, database.jobs(), time.pause(), clock, events);
    Surroundings around =
        new Surroundings(
            intake,
            new DatabaseGuard(intake, time.pause(), clock, events),
            recording,
            new ActiveJobs(rules.shares()),
            new HeldJobs(clock),
            announcer);
    Settlement settle =
        new Settlement(
            rules.settlement(),
            rules.retries(),
            time.random(),
            new EndWriter(database.jobs(), database.transaction()),
            around,
            events);
    R run = runner.apply(settle::add);
    return new Made<>(
        run,
        new Steps(
            claims.claimer(around, rules.claim(), run, time.pause()),
            settle,
            new LongRunning(rules.settlement().recordAfter(), around, clock),
            new EarlyAcknowledgement(rules.settlement().acknowledgeAfter(), around, clock, events),
            new ProgressReports(around, clock),
            announcer,
            around.active(),
            around.held()));
  }

  /** The steps with what runs the jobs between them. */
  public record Made<R extends Runner>(R run, Steps steps) {}
}
