package io.millrace.worker.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.http2.RetryableStreamException;

/** No whole answer came. */
final class ExchangeFailedException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean begun;
  private final Throwable reason;

  /**
   * @param begun whether the first line of an answer had come
   */
  ExchangeFailedException(boolean begun, Throwable reason) {
    super(reason);
    this.begun = begun;
    this.reason = reason;
  }

  /** What the transport says. */
  Throwable reason() {
    return reason;
  }

  /** Whether the connection was dead before any answer, so that another one may do. */
  boolean isDeadConnection() {
    return !begun
        && isLost()
        && !(reason instanceof UnknownHostException)
        && !(reason instanceof SocketTimeoutException)
        && !(reason instanceof SSLException);
  }

  /** HTTP/2 says of a request whether it was not looked at before the connection closed. */
  private boolean isLost() {
    return reason instanceof IOException
        || reason instanceof RetryableRequestException
        || reason instanceof RetryableStreamException;
  }

  /** In words for a person. */
  String inWords() {
    return switch (reason) {
      case TimeoutException _ -> "no whole answer in time";
      case SocketTimeoutException _ -> "no connection in time";
      case UnknownHostException _ -> "the host is unknown to the name service";
      case ConnectException _ -> "no connection: " + detail();
      case SSLException _ -> "no trusted TLS connection: " + detail();
      case Throwable _ when isLost() ->
          "the connection was lost" + (begun ? " amid the answer: " : ": ") + detail();
      default -> "no readable answer: " + detail();
    };
  }

  private String detail() {
    String message = reason.getMessage();
    return message == null ? reason.getClass().getSimpleName() : message;
  }
}
