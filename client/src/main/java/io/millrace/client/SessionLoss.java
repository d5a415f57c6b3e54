package io.millrace.client;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a session ended, and so what to do with the messages it had in flight. */
sealed interface SessionLoss {

  /** The words of whoever ended it. */
  String text();

  /** The network failed or the broker left: the messages are as good as they were. */
  record ConnectionLost(String text) implements SessionLoss {}

  /**
   * The broker closed the channel over something that was sent to it, or the client library could
   * not send it.
   *
   * @param code the reply code of AMQP 0-9-1, section 1.1; 0 from the client library
   */
  record Faulted(int code, String text) implements SessionLoss {

    boolean isAbout(String exchange) {
      return text.contains("'" + exchange + "'");
    }
  }

  static SessionLoss of(@Nullable ShutdownSignalException signal, @Nullable Exception failure) {
    if (signal != null && !signal.isInitiatedByApplication()) {
      return switch (signal.getReason()) {
        case AMQP.Channel.Close close -> new Faulted(close.getReplyCode(), close.getReplyText());
        case AMQP.Connection.Close close when isFault(close.getReplyCode()) ->
            new Faulted(close.getReplyCode(), close.getReplyText());
        case AMQP.Connection.Close close -> new ConnectionLost(close.getReplyText());
        case null, default -> new ConnectionLost(String.valueOf(signal.getMessage()));
      };
    }
    return failure == null
            || failure instanceof IOException
            || failure instanceof AlreadyClosedException
        ? new ConnectionLost(failure == null ? "closed" : failure.toString())
        : new Faulted(0, failure.toString());
  }

  /** All but "forced" (320) and "internal error" (541), which a broker that stops sends. */
  private static boolean isFault(int code) {
    return code != AMQP.CONNECTION_FORCED && code != AMQP.INTERNAL_ERROR;
  }
}
