package io.millrace.worker.dependency;

import io.millrace.client.contract.JobType;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.claim.Runner;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.signal.WorkerEvents;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Puts a gate together for each incarnation.
 *
 * @param onlyDependencies of the types all of whose jobs depend upon one and the same
 * @param paused whether a job is not to begin
 */
public record GateFactory(
    DependencyProperties properties,
    Circuits circuits,
    CallRate rate,
    Map<JobType, DependencyKey> onlyDependencies,
    Predicate<ActiveJob> paused,
    Time time,
    WorkerEvents events) {

  public GateFactory {
    onlyDependencies = Map.copyOf(onlyDependencies);
  }

  record Time(InstantSource clock, LongSupplier nanoTime) {}

  /**
   * A gate.
   *
   * @param mayCall whether this worker may call anybody: not if others may take it for dead
   * @param runner makes what runs the jobs, and hands each on to what it is given
   * @param finished takes each job that has ended or is parked
   * @param pause takes the types that are not to be taken from the broker
   */
  public <R extends Runner> Gate<R> gate(
      BooleanSupplier mayCall,
      Function<Consumer<FinishedJob>, R> runner,
      Consumer<FinishedJob> finished,
      Consumer<Collection<JobType>> pause) {
    return new Gate<>(this, mayCall, runner, finished, pause);
  }
}
