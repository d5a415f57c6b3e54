package io.millrace.worker.claim;

import io.millrace.client.contract.JobMessageReader;
import io.millrace.core.outcome.OutcomeProperties;
import io.millrace.core.store.QuarantineStore;
import io.millrace.worker.announcement.Announcer;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.intake.Intake;
import io.millrace.worker.signal.WorkerEvents;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Puts the claim of one incarnation together. */
public record ClaimFactory(
    HandlerRegistry handlers,
    TenantProperties tenants,
    OutcomeProperties outcomes,
    QuarantineStore quarantine,
    InstantSource clock,
    WorkerEvents events) {

  /**
   * What the claim shares with the steps around it.
   *
   * @param self the incarnation that claims
   */
  public record Surroundings(
      UUID self,
      Intake intake,
      DatabaseGuard database,
      ActiveJobs active,
      HeldJobs held,
      Announcer announcer) {}

  /**
   * The first step of a pipeline.
   *
   * @param batch how many deliveries to claim at once
   * @param maxPayload the largest body, in bytes
   * @param runner runs jobs that are claimed
   * @param idle whether none runs
   */
  public Claimer claimer(
      Surroundings around,
      Recording recording,
      int batch,
      int maxPayload,
      Consumer<ActiveJob> runner,
      BooleanSupplier idle) {
    Admission admission =
        new Admission(new JobMessageReader(maxPayload), handlers, tenants, outcomes, around.self());
    Suspects suspects =
        new Suspects(
            recording,
            around.database(),
            around.held(),
            around.active(),
            around.announcer(),
            runner,
            idle,
            clock,
            events);
    Starter starter =
        new Starter(
            recording,
            around.database(),
            around.held(),
            around.active(),
            around.announcer(),
            runner,
            suspects,
            events);
    DispatchStarter dispatched =
        new DispatchStarter(
            recording,
            around.database(),
            handlers,
            around.active(),
            around.announcer(),
            runner,
            suspects,
            clock,
            events);
    Quarantine keeper = new Quarantine(quarantine, around.database(), around.announcer(), events);
    return new Claimer(
        batch,
        around.intake(),
        admission,
        around.active(),
        starter,
        dispatched,
        suspects,
        keeper,
        events);
  }
}
