package io.millrace.simulation.world;

import io.millrace.client.contract.JobId;
import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.JobHandler;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransactionalHandler;
import io.millrace.handler.TransientFailure;
import io.millrace.simulation.database.Database;
import io.millrace.simulation.kernel.Kernel;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/** The handlers of the simulation: they do what their input says. */
final class Handlers {

  static final String CALCULATION = "sim.calculation";
  static final String LEDGER = "sim.ledger";
  static final String LIMITED = "sim.limited";

  /** How many jobs of {@link #LIMITED} with one key may run at a time. */
  static final int LIMIT = 2;

  private static final Duration SLICE = Duration.ofSeconds(1);

  private final Kernel kernel;
  private final Database database;
  private final Runnable killer;

  /**
   * @param killer ends the process of the task at hand
   */
  Handlers(Kernel kernel, Database database, Runnable killer) {
    this.kernel = kernel;
    this.database = database;
    this.killer = killer;
  }

  List<JobHandler<?, ?>> all() {
    return List.of(new Plain(this), new Ledger(this), new Limited(this));
  }

  private Output work(Input input, JobContext context) throws InterruptedException {
    Duration left = Duration.ofMillis(input.millis());
    while (left.isPositive()) {
      kernel.rest(left.compareTo(SLICE) < 0 ? left : SLICE);
      left = left.minus(SLICE);
      if (context.isCancelled()) {
        throw new InterruptedException("cancelled");
      }
    }
    if (input.kills()) {
      killer.run();
      kernel.giveWay();
    }
    if (input.permanent()) {
      throw new PermanentFailure("asked for");
    }
    if (context.attempt() <= input.failures()) {
      throw new TransientFailure("asked for");
    }
    return new Output(context.attempt());
  }

  @Handles(CALCULATION)
  record Plain(Handlers handlers) implements Calculation<Input, Output> {

    @Override
    public Output calculate(Input input, JobContext context) throws Exception {
      return handlers.work(input, context);
    }
  }

  @Handles(LIMITED)
  record Limited(Handlers handlers) implements Calculation<Input, Output> {

    @Override
    public Output calculate(Input input, JobContext context) throws Exception {
      return handlers.work(input, context);
    }
  }

  @Handles(LEDGER)
  record Ledger(Handlers handlers) implements TransactionalHandler<Input, Output> {

    @Override
    public Output handle(Input input, Connection connection, JobContext context) throws Exception {
      handlers.database.effect(new JobId(context.jobId()));
      return handlers.work(input, context);
    }
  }
}
