package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.address.RefusedAddressException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.http2.RetryableStreamException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangeFailedExceptionTest {

  static Stream<Throwable> dead() {
    return Stream.of(
        new EOFException(),
        new ClosedChannelException(),
        new SocketException("Connection reset"),
        new ConnectException("Connection refused"),
        new RetryableRequestException("closed"),
        new RetryableStreamException());
  }

  static Stream<Throwable> notDead() {
    return Stream.of(
        new TimeoutException(),
        new SocketTimeoutException("Connect Timeout"),
        new UnknownHostException("nobody.test"),
        new SSLHandshakeException("not trusted"),
        new RefusedAddressException("private"),
        new IllegalStateException("not HTTP"));
  }

  @ParameterizedTest
  @MethodSource("dead")
  void takesAConnectionForDeadOnlyBeforeAnAnswer(Throwable reason) {
    assertThat(new ExchangeFailedException(false, reason).isDeadConnection()).isTrue();
    assertThat(new ExchangeFailedException(true, reason).isDeadConnection()).isFalse();
    assertThat(new ExchangeFailedException(false, reason).inWords()).contains("connection");
  }

  @ParameterizedTest
  @MethodSource("notDead")
  void doesNotTakeForDeadWhatAnotherConnectionWouldNotMend(Throwable reason) {
    assertThat(new ExchangeFailedException(false, reason).isDeadConnection()).isFalse();
  }
}
