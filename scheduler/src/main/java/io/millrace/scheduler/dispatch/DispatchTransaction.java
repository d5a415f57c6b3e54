package io.millrace.scheduler.dispatch;

import io.millrace.client.contract.JobType;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.job.JobAction;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.pause.Paused;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobHead;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.PauseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What all passes do alike: they lock, publish, wait for the confirms, and only then commit. What a
 * crash leaves published and not committed is published again, with the same attempt; a worker that
 * gets a message before the commit waits for it.
 */
final class DispatchTransaction {

  private final TransactionOperations transaction;
  private final DueStore due;
  private final JobStore jobs;
  private final PauseStore pauses;
  private final ConfirmedPublisher publisher;
  private final Duration silence;
  private final DispatchListener events;

  /**
   * @param confirmTimeout of the publisher
   */
  DispatchTransaction(
      DispatchPasses.Database database,
      ConfirmedPublisher publisher,
      Duration confirmTimeout,
      DispatchListener events) {
    this.transaction = database.transaction();
    this.due = database.due();
    this.jobs = database.jobs();
    this.pauses = database.parked().pauses();
    this.publisher = publisher;
    this.silence = confirmTimeout.multipliedBy(2);
    this.events = events;
  }

  /** Work inside the transaction. */
  @FunctionalInterface
  interface Work {
    int run() throws IOException, InterruptedException;
  }

  /** Does {@code work} in one transaction, which is rolled back if it throws. */
  int run(Work work) throws IOException, InterruptedException {
    boolean[] interrupted = {false};
    try {
      Integer done =
          transaction.execute(
              _ -> {
                due.limitSilence(silence);
                try {
                  return work.run();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                  interrupted[0] = true;
                  throw new IllegalStateException(e);
                }
              });
      return done == null ? 0 : done;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalStateException e) {
      if (interrupted[0]) {
        throw new InterruptedException();
      }
      throw e;
    }
  }

  /**
   * Publishes the messages of jobs of one type, confirmed, and makes the jobs {@code QUEUED}; but
   * those that are paused are set aside.
   *
   * @return how many were published
   */
  int enqueue(JobType type, List<JobHead> heads, Instant now)
      throws IOException, InterruptedException {
    if (heads.isEmpty()) {
      return 0;
    }
    Paused paused = pauses.current();
    Map<Boolean, List<JobHead>> byPause =
        heads.stream().collect(Collectors.partitioningBy(head -> paused.holds(type, head.lane())));
    setAside(type, byPause.getOrDefault(true, List.of()), now);
    List<JobHead> ready = byPause.getOrDefault(false, List.of());
    if (!ready.isEmpty()) {
      publisher.publish(type, ready.stream().map(head -> message(type, head)).toList());
      write(changes(ready, new JobAction.Enqueue(), now));
    }
    return ready.size();
  }

  private void setAside(JobType type, List<JobHead> heads, Instant now) {
    if (!heads.isEmpty()) {
      write(changes(heads, new JobAction.SetAside(), now));
      events.on(new DispatchEvent.SetAside(type, heads.size()));
    }
  }

  private static List<JobChange> changes(List<JobHead> heads, JobAction action, Instant now) {
    return heads.stream()
        .map(head -> head.change(Lifecycle.next(head.standing(), action, now)))
        .toList();
  }

  /** Publishes the same messages once more. */
  void publishAgain(JobType type, List<JobHead> heads) throws IOException, InterruptedException {
    publisher.publish(type, heads.stream().map(head -> message(type, head)).toList());
    due.queuedAgain(heads.stream().map(JobHead::id).toList());
  }

  /** Writes changes of rows that this transaction has locked. */
  void write(Collection<JobChange> changes) {
    if (!changes.isEmpty() && jobs.change(changes).size() != changes.size()) {
      throw new IllegalStateException("a row changed under its lock");
    }
  }

  private static OutboundMessage message(JobType type, JobHead head) {
    return new DispatchMessage(head.id(), head.standing().attempt()).to(type);
  }
}
