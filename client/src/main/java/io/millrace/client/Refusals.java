package io.millrace.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.rabbitmq.client.Return;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has refused, for as long as a return may still tell why. RabbitMQ returns a
 * message before it answers for it; Qpid Broker-J refuses it first and returns it soon after, with
 * answers for other messages in between. Thread-safe; each message is taken once.
 */
final class Refusals {

  private static final long PATIENCE_NANOS = MILLISECONDS.toNanos(500);

  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();

  /**
   * @param nowNanos on the scale of {@link System#nanoTime()}
   */
  void add(PendingMessage message, long nowNanos) {
    refusals.add(new Refusal(message, nowNanos));
  }

  /** The first message that is the returned one; null if there is none. */
  @Nullable PendingMessage takeReturned(Return returned) {
    for (Refusal refusal : refusals) {
      if (refusal.message.isReturnedAs(returned) && refusals.remove(refusal)) {
        return refusal.message;
      }
    }
    return null;
  }

  /** Those for which a return would have come by now. */
  List<PendingMessage> takeOverdue(long nowNanos) {
    return takeIf(refusal -> nowNanos - refusal.atNanos >= PATIENCE_NANOS);
  }

  /** All of them: no return will come any more. */
  List<PendingMessage> takeAll() {
    return takeIf(_ -> true);
  }

  private List<PendingMessage> takeIf(Predicate<Refusal> isRipe) {
    List<PendingMessage> taken = new ArrayList<>();
    for (Refusal refusal : refusals) {
      if (isRipe.test(refusal) && refusals.remove(refusal)) {
        taken.add(refusal.message);
      }
    }
    return taken;
  }

  /** Compared by what it is, as two of equal content are two. */
  private static final class Refusal {

    private final PendingMessage message;
    private final long atNanos;

    Refusal(PendingMessage message, long atNanos) {
      this.message = message;
      this.atNanos = atNanos;
    }
  }
}
