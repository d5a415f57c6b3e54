package io.millrace.worker.pipeline;

import io.millrace.client.contract.JobType;
import io.millrace.core.broker.AmqpPublisher;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.worker.dependency.Gate;
import io.millrace.worker.dependency.GateFactory;
import io.millrace.worker.execution.Execution;
import io.millrace.worker.execution.FinishedJob;
import io.millrace.worker.execution.HandlerCall;
import io.millrace.worker.execution.TimeLimits;
import io.millrace.worker.intake.AmqpIntake;
import io.millrace.worker.pause.Pauses;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Puts a pipeline together for each incarnation. */
record PipelineFactory(
    WorkerProperties worker,
    TimeLimits limits,
    BrokerConnector broker,
    HandlerCall handlers,
    Admittance admittance,
    StepsFactory factory) {

  private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);

  /** What decides whether jobs may begin. */
  record Admittance(GateFactory gates, Pauses pauses) {}

  /**
   * A pipeline that has not begun.
   *
   * @param self the incarnation that it is for
   * @param mayCall whether it may call anybody: not if others may take it for dead
   * @param broken told when it cannot go on
   */
  Pipeline pipeline(UUID self, BooleanSupplier mayCall, Consumer<Throwable> broken) {
    InstantSource clock = factory.time().clock();
    AmqpIntake intake = new AmqpIntake(broker, types(), worker.prefetch(), clock, factory.events());
    StepsFactory.Made<Gate<Execution>> made =
        factory.steps(
            self,
            intake,
            new AmqpPublisher(broker, "millrace worker, announcing", CONFIRM_TIMEOUT),
            finished ->
                admittance
                    .gates()
                    .gate(
                        mayCall, ended -> execution(ended, broken), finished, intake::pauseTypes));
    Pipeline pipeline = new Pipeline(intake, made.run(), made.steps(), broken);
    admittance.pauses().tell(pipeline::leave);
    return pipeline;
  }

  private Execution execution(Consumer<FinishedJob> finished, Consumer<Throwable> broken) {
    return new Execution(
        new Execution.Capacity(worker.calculationThreads(), worker.transactions()),
        handlers,
        limits,
        factory.time().clock(),
        factory.events(),
        finished,
        broken);
  }

  /** The types of jobs that are run. */
  Set<JobType> types() {
    return factory.claims().handlers().types();
  }
}
