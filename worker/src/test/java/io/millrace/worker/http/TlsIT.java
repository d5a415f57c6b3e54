package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.handler.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, and HTTP/2 within it. */
class TlsIT {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;

  private static final Server SERVER = new Server();
  private static ServerConnector both;
  private static ServerConnector old;

  @BeforeAll
  static void start() throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "api",
                "-keyalg",
                "EC",
                "-dname",
                "CN=api.test",
                "-ext",
                "san=dns:api.test",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keyStore())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    both =
        new ServerConnector(
            SERVER,
            new SslConnectionFactory(serverTls(), alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(configuration),
            http1);
    old =
        new ServerConnector(
            SERVER, new SslConnectionFactory(serverTls(), http1.getProtocol()), http1);
    SERVER.addConnector(both);
    SERVER.addConnector(old);
    SERVER.setHandler(new Version());
    SERVER.start();
  }

  @AfterAll
  static void stop() throws Exception {
    SERVER.stop();
  }

  @Test
  void speaksHttp2WhereTheServerDoes() throws InterruptedException {
    try (CallsUnderTest calls = new CallsUnderTest(trusting(), Duration.ofSeconds(20))) {
      HttpRequest request = HttpRequest.post(at("api.test", both)).json("x".repeat(100_000));

      for (int i = 0; i < 3; i++) {
        assertThat(calls.call(request, calls.policy()).response().text()).isEqualTo("HTTP/2.0");
      }

      assertThat(calls.names.asked()).containsExactly("api.test");
    }
  }

  @Test
  void takesAnAnswerThatCameBeforeTheRequestHadGone() throws InterruptedException {
    try (CallsUnderTest calls = new CallsUnderTest(trusting(), Duration.ofSeconds(20))) {
      HttpRequest request =
          HttpRequest.post(at("api.test", both) + "deaf").json("x".repeat(100_000));

      assertThat(calls.call(request, calls.policy()).response().text()).isEqualTo("HTTP/2.0");
    }
  }

  @Test
  void speaksHttp1WhereTheServerDoesNotNegotiate() throws InterruptedException {
    try (CallsUnderTest calls = new CallsUnderTest(trusting(), Duration.ofSeconds(20))) {
      assertThat(calls.call(HttpRequest.get(at("api.test", old)), calls.policy()).response().text())
          .isEqualTo("HTTP/1.1");
    }
  }

  @Test
  void givesUpOneStreamOfHttp2AndUsesTheConnectionOn() throws InterruptedException {
    try (CallsUnderTest calls = new CallsUnderTest(trusting(), Duration.ofSeconds(20))) {
      assertThatThrownBy(
              () ->
                  calls.call(
                      HttpRequest.get(at("api.test", both) + "never")
                          .within(Duration.ofMillis(500)),
                      calls.policy()))
          .isInstanceOf(TransientCallFailure.class)
          .hasMessageContaining("in time");
      Answer endless = calls.call(HttpRequest.get(at("api.test", both) + "large"), calls.policy());

      assertThat(endless.response().truncated()).isTrue();
      assertThat(endless.response().body()).hasSize(64 * 1_024);
      assertThat(
              calls.call(HttpRequest.get(at("api.test", both)), calls.policy()).response().text())
          .isEqualTo("HTTP/2.0");
      assertThat(calls.names.asked()).containsExactly("api.test");
    }
  }

  @Test
  void trustsNobodyWhoIsNotVouchedForOrHasAnotherName() {
    try (CallsUnderTest strict = new CallsUnderTest();
        CallsUnderTest trusting = new CallsUnderTest(trusting(), Duration.ofSeconds(20))) {
      trusting.names.with("other.lan", "127.0.0.1");
      CallPolicy policy =
          trusting.policy().withPermits(trusting.policy().permits().and(List.of("*.lan")));

      assertThatThrownBy(() -> strict.call(HttpRequest.get(at("api.test", both)), strict.policy()))
          .isInstanceOf(TransientCallFailure.class)
          .hasMessageContaining("no trusted TLS connection");
      assertThatThrownBy(() -> trusting.call(HttpRequest.get(at("other.lan", both)), policy))
          .isInstanceOf(TransientCallFailure.class)
          .hasMessageContaining("no trusted TLS connection");
    }
  }

  private static String at(String host, ServerConnector connector) {
    return "https://" + host + ":" + connector.getLocalPort() + "/";
  }

  private static String keyStore() {
    return folder.resolve("keys.p12").toString();
  }

  private static SslContextFactory.Server serverTls() {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keyStore());
    tls.setKeyStorePassword(PASSWORD);
    tls.setSniRequired(false);
    return tls;
  }

  private static SslContextFactory.Client trusting() {
    SslContextFactory.Client tls = new SslContextFactory.Client();
    tls.setTrustStorePath(keyStore());
    tls.setTrustStorePassword(PASSWORD);
    return tls;
  }

  /** Answers with the version of HTTP that it was asked in. */
  private static final class Version extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      String path = Request.getPathInContext(request);
      if (!path.equals("/deaf")) {
        Content.Source.consumeAll(request);
      }
      if (path.equals("/never")) {
        return true;
      }
      String text =
          path.equals("/large")
              ? "x".repeat(10_000_000)
              : request.getConnectionMetaData().getHttpVersion().asString();
      Content.Sink.write(response, true, text, callback);
      return true;
    }
  }
}
