package io.millrace.worker.http;

import io.millrace.core.address.AddressGuard;
import io.millrace.handler.http.HttpClient;
import io.millrace.handler.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.springframework.util.unit.DataSize;

/** The real client, with a name service of its own in which {@code api.test} is this machine. */
final class CallsUnderTest implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  final FakeLookup names = new FakeLookup().with("api.test", "127.0.0.1");
  final List<CallRecord> records = new CopyOnWriteArrayList<>();
  private final JettyTransport transport;
  private final Calls calls;

  CallsUnderTest() {
    this(new SslContextFactory.Client(), Duration.ofSeconds(20));
  }

  /**
   * @param tls how servers are trusted
   */
  CallsUnderTest(SslContextFactory.Client tls, Duration connectTimeout) {
    HttpProperties properties =
        new HttpProperties(
            connectTimeout,
            Duration.ofSeconds(30),
            DataSize.ofKilobytes(64),
            10_000,
            Duration.ofSeconds(30),
            0,
            Set.of("api.test"));
    AddressGuard guard = new AddressGuard(names);
    transport = new JettyTransport(properties, guard, tls);
    transport.start();
    calls = new Calls(properties, guard, transport, () -> NOW);
  }

  CallPolicy policy() {
    return calls.defaults();
  }

  /** As the defaults, but for this time and so many redirects. */
  CallPolicy within(Duration time, int redirects) {
    return policy().withLimits(new CallLimits(time, policy().limits().maxResponse(), redirects));
  }

  Answer call(HttpRequest request, CallPolicy policy) throws InterruptedException {
    return calls.call(request, policy, call -> records.add(call.get()));
  }

  HttpClient client(CallPolicy policy) {
    return calls.client(policy, call -> records.add(call.get()));
  }

  @Override
  public void close() {
    transport.close();
  }
}
