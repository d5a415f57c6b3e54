package io.millrace.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.rabbitmq.client.AMQP;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the queue, over one session after the other. What a lost session leaves
 * unanswered is sent again by the next one.
 */
final class Sender implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(JobPublisher.class);

  private static final long FIRST_BACKOFF_MILLIS = 100;
  private static final long LAST_BACKOFF_MILLIS = 5_000;
  private static final int MOST_FAULTS = 3;

  private final Broker broker;
  private final SendQueue queue;
  private final InFlight inFlight;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable BrokerSession session;
  private volatile String trouble = "the broker was not reached yet";
  private long backoffMillis = FIRST_BACKOFF_MILLIS;

  Sender(Broker broker, SendQueue queue, InFlight inFlight) {
    this.broker = broker;
    this.queue = queue;
    this.inFlight = inFlight;
  }

  @Override
  public void run() {
    try {
      while (!isStopped()) {
        BrokerSession open = connect();
        if (open != null) {
          sendOver(open);
          settleUnanswered(open);
        }
        awaitBackoff();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      session = null;
      trouble = "the thread that sends has ended"; // whoever still waits is told so
    }
  }

  /** Lets {@link #run} come to its end; what is unanswered by then stays so. */
  void stop() {
    stopped.countDown();
    queue.wake();
  }

  boolean isConnected() {
    BrokerSession current = session;
    return current != null && current.isOpen();
  }

  /** Ends the messages that the broker has refused, where it has had its time to say why. */
  void settleRefusals(long nowNanos) {
    BrokerSession current = session;
    if (current != null) {
      current.settleRefusals(nowNanos);
    }
  }

  /** How things stand with the broker, as a part of a sentence. */
  String situation() {
    BrokerSession current = session;
    if (current == null || !current.isOpen()) {
      return "there is no connection to the broker (%s)".formatted(trouble);
    }
    String blocked = current.blocked();
    return blocked == null
        ? "the broker is connected and does not answer fast enough"
        : "the broker has blocked its publishers (%s)".formatted(blocked);
  }

  private @Nullable BrokerSession connect() {
    try {
      BrokerSession open = BrokerSession.open(broker.connect(), inFlight, queue::wake);
      session = open;
      log.atInfo().log("publisher connected");
      return open;
    } catch (IOException | TimeoutException | RuntimeException e) {
      trouble = describe(e);
      if (backoffMillis == FIRST_BACKOFF_MILLIS) {
        log.atWarn().addKeyValue("cause", trouble).log("publisher cannot connect, tries again");
      }
      return null;
    }
  }

  private void sendOver(BrokerSession open) throws InterruptedException {
    try {
      PendingMessage next;
      while ((next = queue.take(() -> !isStopped() && open.isOpen())) != null) {
        if (!next.isFinished()) {
          open.send(next);
        }
      }
    } finally {
      open.close();
    }
  }

  private void settleUnanswered(BrokerSession lost) {
    SessionLoss loss = lost.loss();
    backoffMillis = lost.wasUseful() ? FIRST_BACKOFF_MILLIS : backoffMillis;
    if (!isStopped()) {
      trouble = loss.text();
      log.atWarn().addKeyValue("cause", trouble).log("publisher lost its connection, reconnects");
    }
    lost.settleRefusals();
    List<PendingMessage> again = new ArrayList<>();
    for (PendingMessage message : lost.unanswered()) {
      PublishException failure =
          switch (loss) {
            case SessionLoss.ConnectionLost _ -> null;
            case SessionLoss.Faulted fault -> judge(message, fault);
          };
      if (failure == null) {
        again.add(message);
      } else {
        inFlight.fail(message, failure);
      }
    }
    queue.putBack(again);
  }

  /** Whether {@code message} is at fault, or has been under suspicion too often; null if not. */
  private static @Nullable PublishException judge(
      PendingMessage message, SessionLoss.Faulted fault) {
    String exchange = message.message().exchange();
    if (fault.isAbout(exchange)) {
      if (fault.code() == AMQP.NOT_FOUND) {
        return message.failure(
            PublishException.Reason.NO_EXCHANGE,
            false,
            "the exchange '%s' does not exist, so no worker has ever declared it. Start one, and check that this is its broker and virtual host."
                .formatted(exchange));
      }
      if (fault.code() == AMQP.ACCESS_REFUSED) {
        return message.failure(
            PublishException.Reason.FORBIDDEN,
            false,
            "the user may not write to exchange '%s' (%s)".formatted(exchange, fault.text()));
      }
    }
    if (message.countChannelError() < MOST_FAULTS) {
      return null;
    }
    return message.failure(
        PublishException.Reason.REFUSED_BY_BROKER,
        true,
        "it was in flight at each of %d errors, the last of them: %s"
            .formatted(MOST_FAULTS, fault.text()));
  }

  /** Exponential with full jitter, so that the publishers of a broker do not return all at once. */
  private void awaitBackoff() throws InterruptedException {
    long millis = ThreadLocalRandom.current().nextLong(backoffMillis) + 1;
    backoffMillis = Math.min(2 * backoffMillis, LAST_BACKOFF_MILLIS);
    if (stopped.await(millis, MILLISECONDS)) {
      log.atDebug().log("publisher stopped");
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private static String describe(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
