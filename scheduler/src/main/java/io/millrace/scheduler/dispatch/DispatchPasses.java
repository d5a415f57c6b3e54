package io.millrace.scheduler.dispatch;

import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.LeaseWatch;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.ParkedStore;
import io.millrace.core.store.PauseStore;
import io.millrace.core.store.ResultStore;
import io.millrace.core.webhook.UnannouncedEndpoints;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the looks of a dispatcher together, whatever the broker, the database and the clock. */
public record DispatchPasses(
    Rules rules,
    Database database,
    OutcomeMessages outcomes,
    InstantSource clock,
    LongSupplier nanoTime,
    DispatchListener events) {

  private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofSeconds(10);
  private static final Duration EVERY_MINUTE = Duration.ofMinutes(1);

  /** What is configured. */
  public record Rules(
      DispatcherProperties dispatcher,
      ConcurrencyProperties concurrency,
      LeaseProperties lease,
      ResultProperties results) {}

  /** What is read and written. */
  public record Database(
      DueStore due,
      Parked parked,
      JobStore jobs,
      WorkerStore workers,
      Beside beside,
      TransactionOperations transaction) {}

  /** What is there beside jobs that are to run. */
  public record Beside(ResultStore results, UnannouncedEndpoints endpoints) {}

  /** What waits for others, how those are, and what is paused. */
  public record Parked(ParkedStore jobs, DependencyStore dependencies, PauseStore pauses) {}

  /**
   * A look, and how often to take it when there is nothing to do.
   *
   * @param pass what to look for
   * @param interval between two looks
   */
  public record Timed(Pass pass, Duration interval) {}

  /**
   * The looks, in the order in which to take them; the first is for what notifications tell of.
   *
   * @param publisher for messages to workers, and for outcomes
   */
  public List<Timed> passes(ConfirmedPublisher publisher) {
    DispatcherProperties properties = rules.dispatcher();
    Surroundings around =
        new Surroundings(
            database.due(),
            database.parked(),
            new DispatchTransaction(database, publisher, properties.confirmTimeout(), events),
            properties,
            rules.concurrency(),
            clock,
            events);
    Duration poll = properties.poll();
    return List.of(
        new Timed(new DuePass(around), poll),
        new Timed(new TurnPass(around), poll),
        new Timed(new ParkedPass(around), poll),
        new Timed(new PausedPass(around), EVERY_SECOND),
        new Timed(new AnnouncePass(around, publisher, outcomes), poll),
        new Timed(
            new EndpointPass(around, publisher, outcomes, database.beside().endpoints()),
            EVERY_SECOND),
        new Timed(new LatePass(around), EVERY_SECOND),
        new Timed(new OrphanPass(around, database.jobs()), EVERY_SECOND),
        new Timed(new LostPass(around, publisher), SELDOM),
        new Timed(
            new ResultPass(around, database.beside().results(), rules.results()), EVERY_MINUTE),
        new Timed(
            new WatchPass(
                new LeaseWatch(database.workers(), rules.lease(), clock, nanoTime), events),
            rules.lease().heartbeat()));
  }
}
