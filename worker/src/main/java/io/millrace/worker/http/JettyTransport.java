package io.millrace.worker.http;

import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.Permits;
import io.millrace.handler.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The connections of the whole worker: HTTP/1.1, and HTTP/2 where the other end offers it over TLS.
 * A few threads serve all of them; whoever calls waits on its own. Cookies, authentication,
 * redirects and proxies of the library are off. Thread-safe.
 */
final class JettyTransport implements AutoCloseable {

  private static final int THREADS = 32;
  private static final int IDLE_THREADS = 4;
  private static final int LOOKUP_THREADS = 32;
  private static final int MAX_HEADERS = 64 * 1_024;

  private final HttpClient client;
  private final ThreadPoolExecutor lookups;

  /**
   * @param tls how servers are trusted
   */
  JettyTransport(HttpProperties properties, AddressGuard guard, SslContextFactory.Client tls) {
    this.lookups =
        new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("millrace-lookup-", 0).daemon().factory());
    lookups.allowCoreThreadTimeOut(true);
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(tls);
    this.client =
        new HttpClient(
            new HttpClientTransportDynamic(
                connector,
                HttpClientConnectionFactory.HTTP11,
                new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector))));
    configure(properties, new GuardedResolver(guard, lookups));
  }

  private void configure(HttpProperties properties, GuardedResolver resolver) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, IDLE_THREADS);
    threads.setName("millrace-http");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setSocketAddressResolver(resolver);
    client.setConnectTimeout(properties.connectTimeout().toMillis());
    client.setIdleTimeout(properties.idleTimeout().toMillis());
    client.setDestinationIdleTimeout(properties.idleTimeout().multipliedBy(2).toMillis());
    client.setMaxConnectionsPerDestination(properties.connectionsPerHost());
    client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE); // bounded by who waits
    client.setMaxResponseHeadersSize(MAX_HEADERS);
    client.setMaxRequestHeadersSize(MAX_HEADERS);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Millrace/" + version()));
  }

  void start() {
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start", e);
    }
    client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
    client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
    client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
    client.getProtocolHandlers().remove(new UpgradeProtocolHandler().getName());
  }

  /**
   * Sends one request and waits for its answer.
   *
   * @param permits what may be called although it is private
   * @param time for all of it
   * @param maxResponse how many bytes of the body are kept
   * @throws ExchangeFailedException if no whole answer came
   * @throws InterruptedException if the thread was interrupted; the exchange is given up
   */
  HttpResponse exchange(Hop hop, Permits permits, Duration time, int maxResponse)
      throws ExchangeFailedException, InterruptedException {
    long millis = Math.max(1, time.toMillis());
    ResponseCollector collector = new ResponseCollector(maxResponse);
    Request request =
        client
            .newRequest(hop.uri())
            .method(hop.method())
            .tag(permits)
            .timeout(millis, TimeUnit.MILLISECONDS)
            // A connection that waits for its answer is not idle: only the time of the call counts.
            .idleTimeout(millis + 1_000, TimeUnit.MILLISECONDS)
            .headers(
                fields ->
                    hop.headers()
                        .forEach((name, values) -> values.forEach(each -> fields.add(name, each))));
    if (hop.body().length > 0) {
      request.body(new BytesRequestContent(contentType(hop), hop.body()));
    }
    request.send(collector);
    try {
      return collector.answer().get();
    } catch (InterruptedException e) {
      request.abort(e);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ExchangeFailedException failed) {
        throw failed;
      }
      throw new IllegalStateException("an exchange ends with an answer or a failure", e);
    }
  }

  private static String contentType(Hop hop) {
    return hop.headers()
        .getOrDefault("Content-Type", List.of("application/octet-stream"))
        .getFirst();
  }

  private static String version() {
    String version = JettyTransport.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not stop", e);
    } finally {
      lookups.shutdownNow();
    }
  }
}
