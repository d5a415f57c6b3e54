package io.millrace.worker.http;

import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.HostLookup;
import java.time.InstantSource;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * A way out of one's own, with the defaults of the configuration and without a worker around it:
 * what tests of handlers call with. Thread-safe.
 */
public final class OwnCalls implements AutoCloseable {

  private final JettyTransport transport;
  private final Calls calls;

  private OwnCalls(JettyTransport transport, Calls calls) {
    this.transport = transport;
    this.calls = calls;
  }

  /** Opens one, which has threads and connections until it is closed. */
  public static OwnCalls open() {
    HttpProperties defaults = new Binder().bindOrCreate("millrace.http", HttpProperties.class);
    AddressGuard guard = new AddressGuard(HostLookup.SYSTEM);
    JettyTransport transport = new JettyTransport(defaults, guard, new SslContextFactory.Client());
    transport.start();
    return new OwnCalls(transport, new Calls(defaults, guard, transport, InstantSource.system()));
  }

  /** What to call with until this is closed. */
  public Calls calls() {
    return calls;
  }

  /** Gives up what is on its way. */
  @Override
  public void close() {
    transport.close();
  }
}
