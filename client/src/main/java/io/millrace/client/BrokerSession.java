package io.millrace.client;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import io.millrace.client.contract.EncodedMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection with one confirming channel, from its opening to its loss. One thread sends; the
 * connection's reading thread brings returns and confirmations, in the order of the wire.
 *
 * <p>That thread takes no lock: the sending thread may be stuck in a write until the broker has got
 * rid of its own answers.
 */
final class BrokerSession {

  private static final int ABORT_MILLIS = 2_000;

  private final Connection connection;
  private final Channel channel;
  private final InFlight inFlight;
  private final ConcurrentSkipListMap<Long, Sent> unconfirmed = new ConcurrentSkipListMap<>();
  private final Refusals refusals = new Refusals();
  private @Nullable Exception failure;
  private volatile @Nullable String blocked;
  private volatile boolean useful;

  private BrokerSession(Connection connection, Channel channel, InFlight inFlight) {
    this.connection = connection;
    this.channel = channel;
    this.inFlight = inFlight;
  }

  /** Opens a channel on {@code connection}; {@code onLoss} runs once either of them is gone. */
  static BrokerSession open(Connection connection, InFlight inFlight, Runnable onLoss)
      throws IOException {
    BrokerSession session = new BrokerSession(connection, connection.createChannel(), inFlight);
    session.listen(onLoss);
    return session;
  }

  private void listen(Runnable onLoss) throws IOException {
    connection.addBlockedListener(reason -> blocked = reason, () -> blocked = null);
    channel.addReturnListener(this::returned);
    channel.addConfirmListener(this::acked, this::nacked);
    channel.addShutdownListener(_ -> onLoss.run());
    channel.confirmSelect();
  }

  /** Sends {@code message}; if that fails, the session is lost and the message is unconfirmed. */
  void send(PendingMessage message) {
    EncodedMessage encoded = message.message();
    unconfirmed.put(channel.getNextPublishSeqNo(), new Sent(message));
    message.markSent();
    try {
      channel.basicPublish(
          encoded.exchange(), encoded.routingKey(), true, encoded.properties(), encoded.body());
    } catch (IOException | RuntimeException e) {
      failure = e; // of whatever kind: what is on the wire now is unknown, so begin anew
      close();
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** What ended it, as the broker, the network or the client library put it. */
  SessionLoss loss() {
    return SessionLoss.of(channel.getCloseReason(), failure);
  }

  /** Whether the broker has confirmed anything over it. */
  boolean wasUseful() {
    return useful;
  }

  /** The broker's reason for not reading from publishers; null if it reads. */
  @Nullable String blocked() {
    return blocked;
  }

  /** What the broker has not answered for, in the order of sending. Ask after the loss only. */
  List<PendingMessage> unanswered() {
    List<PendingMessage> messages = new ArrayList<>();
    unconfirmed.values().forEach(sent -> messages.add(sent.message));
    return messages;
  }

  void close() {
    connection.abort(AMQP.REPLY_SUCCESS, "the publisher leaves", ABORT_MILLIS);
  }

  /** Ends the refused messages that no return has explained in time. */
  void settleRefusals(long nowNanos) {
    refusals.takeOverdue(nowNanos).forEach(this::refused);
  }

  /** Ends all refused messages that no return has explained. */
  void settleRefusals() {
    refusals.takeAll().forEach(this::refused);
  }

  /**
   * A return names no sequence number, but it comes just before its message's confirmation on the
   * same channel, or soon after its refusal, and returns come in the order of sending. So it
   * belongs to the first message that is equal to it and was refused, or else is unanswered. Where
   * two are equal in everything, they are the same job.
   */
  private void returned(Return returned) {
    PendingMessage refused = refusals.takeReturned(returned);
    if (refused != null) {
      unroutable(refused);
      return;
    }
    for (Sent sent : unconfirmed.values()) {
      if (!sent.returned && sent.message.isReturnedAs(returned)) {
        sent.returned = true;
        return;
      }
    }
  }

  private void acked(long sequence, boolean multiple) {
    useful = true;
    forAnswered(sequence, multiple, inFlight::succeed);
  }

  private void nacked(long sequence, boolean multiple) {
    forAnswered(sequence, multiple, message -> refusals.add(message, System.nanoTime()));
  }

  private void forAnswered(
      long sequence, boolean multiple, Consumer<PendingMessage> unlessReturned) {
    Map<Long, Sent> answered =
        multiple
            ? unconfirmed.headMap(sequence, true)
            : unconfirmed.subMap(sequence, true, sequence, true);
    var each = answered.values().iterator();
    while (each.hasNext()) {
      Sent sent = each.next();
      each.remove();
      if (sent.returned) {
        unroutable(sent.message);
      } else {
        unlessReturned.accept(sent.message);
      }
    }
  }

  private void unroutable(PendingMessage message) {
    inFlight.fail(
        message,
        message.failure(
            PublishException.Reason.UNROUTABLE,
            false,
            "no queue takes this type from exchange '%s'. Check the type, and that a worker which has it was started."
                .formatted(message.message().exchange())));
  }

  private void refused(PendingMessage message) {
    inFlight.fail(
        message,
        message.failure(
            PublishException.Reason.REFUSED_BY_BROKER,
            false,
            "the broker refused it (basic.nack): its queue is full, or the broker had a fault. Publish it again later with the same id."));
  }

  /** A message on the wire. Only the reading thread touches {@code returned}. */
  private static final class Sent {

    private final PendingMessage message;
    private boolean returned;

    Sent(PendingMessage message) {
      this.message = message;
    }
  }
}
