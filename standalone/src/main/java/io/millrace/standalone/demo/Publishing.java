package io.millrace.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.JobPublisher;
import io.millrace.client.PublishException;
import io.millrace.examples.lending.book.Loan;
import io.millrace.standalone.failure.Reason;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Publishes the loans of a run, as an upstream system would: over AMQP, each one confirmed. */
final class Publishing {

  private final Run run;
  private final String brokerUri;
  private final Outstanding outstanding;
  private final AtomicReference<@Nullable String> obstacle = new AtomicReference<>();

  Publishing(Run run, String brokerUri, Outstanding outstanding) {
    this.run = run;
    this.brokerUri = brokerUri;
    this.outstanding = outstanding;
  }

  /** Begins on a thread of its own. */
  void start() {
    Thread.ofPlatform().daemon().name("demo-publisher").start(this::publishAll);
  }

  /** Why not everything was published; null while all goes well. */
  @Nullable String obstacle() {
    return obstacle.get();
  }

  private void publishAll() {
    try (JobPublisher publisher =
        JobPublisher.builder().uri(brokerUri).name("millrace demo").tenant(Run.TENANT).connect()) {
      Iterator<Loan> loans = run.loans().iterator();
      while (loans.hasNext() && obstacle.get() == null) {
        publish(publisher, loans.next());
      }
    } catch (PublishException e) {
      failed(e);
    }
  }

  private void publish(JobPublisher publisher, Loan loan) {
    outstanding.add(run.jobId(loan));
    publisher
        .job(Run.TYPE)
        .messageId(run.messageId(loan))
        .payload(loan.payload().getBytes(UTF_8))
        .publish()
        .whenComplete(
            (_, failure) -> {
              if (failure != null) {
                failed(failure);
              }
            });
  }

  private void failed(Throwable failure) {
    obstacle.compareAndSet(null, Reason.of(failure));
  }
}
