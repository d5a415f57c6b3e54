package io.millrace.client;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.rabbitmq.client.Return;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * What was sent over a session and has no answer yet. One thread sends, one reads the answers, and
 * any may look.
 */
final class Unconfirmed {

  /**
   * RabbitMQ never answers for what it took for a quorum queue that had no leader at the moment
   * (seen with 3.10.8: some ten seconds' worth of messages after the node that led was killed). Ten
   * seconds are far longer than an answer takes, and a message too many does no harm.
   */
  private static final long PASSED_OVER_NANOS = SECONDS.toNanos(10);

  private final ConcurrentNavigableMap<Long, Sent> all = new ConcurrentSkipListMap<>();
  private volatile long lastAnswered;

  /**
   * @param nowNanos on the scale of {@link System#nanoTime()}
   */
  void add(long sequence, PendingMessage message, long nowNanos) {
    all.put(sequence, new Sent(message, nowNanos));
  }

  /** In the order of sending. */
  List<PendingMessage> messages() {
    return all.values().stream().map(sent -> sent.message).toList();
  }

  /**
   * Whether the broker has answered for what was sent later than a message that waits too long: it
   * has forgotten that one, rather than being slow.
   */
  boolean isPassedOver(long nowNanos) {
    Map.Entry<Long, Sent> oldest = all.firstEntry();
    return oldest != null
        && oldest.getKey() < lastAnswered
        && nowNanos - oldest.getValue().atNanos >= PASSED_OVER_NANOS;
  }

  /** Notes a return, for the first message that it may be about. */
  void returned(Return returned) {
    for (Sent sent : all.values()) {
      if (!sent.returned && sent.message.isReturnedAs(returned)) {
        sent.returned = true;
        return;
      }
    }
  }

  /**
   * Takes what the broker has answered for.
   *
   * @param multiple whether everything before {@code sequence} is meant as well
   */
  void answered(
      long sequence,
      boolean multiple,
      Consumer<PendingMessage> ifReturned,
      Consumer<PendingMessage> otherwise) {
    lastAnswered = Math.max(lastAnswered, sequence);
    Map<Long, Sent> answered =
        multiple ? all.headMap(sequence, true) : all.subMap(sequence, true, sequence, true);
    var each = answered.values().iterator();
    while (each.hasNext()) {
      Sent sent = each.next();
      each.remove();
      (sent.returned ? ifReturned : otherwise).accept(sent.message);
    }
  }

  /** A message on the wire. Only the thread that reads touches {@code returned}. */
  private static final class Sent {

    private final PendingMessage message;
    private final long atNanos;
    private boolean returned;

    Sent(PendingMessage message, long atNanos) {
      this.message = message;
      this.atNanos = atNanos;
    }
  }
}
