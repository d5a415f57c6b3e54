package io.millrace.worker.claim;

import io.millrace.client.contract.JobMessageReader;
import io.millrace.core.Pause;
import io.millrace.core.outcome.OutcomeProperties;
import io.millrace.core.store.QuarantineStore;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.signal.WorkerEvents;
import java.time.InstantSource;

/** Puts the claim of one incarnation together. */
public record ClaimFactory(
    HandlerRegistry handlers,
    TenantProperties tenants,
    OutcomeProperties outcomes,
    QuarantineStore quarantine,
    InstantSource clock,
    WorkerEvents events) {

  /**
   * How much is claimed.
   *
   * @param batch how many deliveries at once
   * @param maxPayload the largest body, in bytes
   */
  public record Limits(int batch, int maxPayload) {}

  /**
   * The first step of a pipeline.
   *
   * @param runner runs jobs that are claimed
   */
  public Claimer claimer(Surroundings around, Limits limits, Runner runner, Pause pause) {
    Admission admission =
        new Admission(
            new JobMessageReader(limits.maxPayload()),
            handlers,
            tenants,
            outcomes,
            around.recording().self());
    Suspects suspects = new Suspects(around, runner, clock, events);
    Starter fresh = new Starter(around, runner, suspects, events);
    DispatchStarter dispatched =
        new DispatchStarter(around, handlers, runner, suspects, clock, events);
    return new Claimer(
        limits.batch(),
        around,
        admission,
        new Claimer.Starters(fresh, dispatched, suspects),
        new Quarantine(quarantine, around.database(), around.announcer(), events),
        pause,
        events);
  }
}
