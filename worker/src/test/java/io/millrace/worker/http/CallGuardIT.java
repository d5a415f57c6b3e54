package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.address.Permits;
import io.millrace.handler.http.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard on the real client: what is refused is not connected to. */
class CallGuardIT {

  private final LocalServer server = new LocalServer().answer("/", 200, "inside");
  private final CallsUnderTest calls = new CallsUnderTest();

  @AfterEach
  void close() {
    calls.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://localhost.:%d/",
        "http://127.1:%d/",
        "http://2130706433:%d/",
        "http://0x7f000001:%d/",
        "http://0177.0.0.1:%d/",
        "http://0.0.0.0:%d/",
        "http://[::1]:%d/",
        "http://[::]:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://[64:ff9b::7f00:1]:%d/",
        "http://rebound.test:%d/",
        "http://mixed.test:%d/",
        "http://api.test@127.0.0.1:%d/",
        "http://127.0.0.1:%d\\@api.test/",
        "http://127.0.0.1:%d#@api.test/",
        "http://\uff11\uff12\uff17.0.0.1:%d/",
        "http://%%31%%32%%37.0.0.1:%d/",
      })
  void connectsToNothingThatIsRefused(String address) {
    calls.names.with("rebound.test", "127.0.0.1").with("mixed.test", "93.184.215.14", "127.0.0.1");

    assertThatThrownBy(
            () -> calls.call(HttpRequest.get(address.formatted(server.port())), calls.policy()))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("refused: ");

    assertThat(server.asked).isEmpty();
    assertThat(calls.records).singleElement().extracting(CallRecord::status).isEqualTo(0);
  }

  @Test
  void looksANameUpOnceAndConnectsToWhatWasChecked() throws InterruptedException {
    calls.names.with("rebinding.test", "127.0.0.1").with("rebinding.test", "127.0.0.2");
    CallPolicy policy = calls.policy().withPermits(Permits.of(List.of("127.0.0.1")));
    HttpRequest request = HttpRequest.get("http://rebinding.test:" + server.port() + "/");

    calls.call(request, policy);
    calls.call(request, policy);

    assertThat(calls.names.asked()).containsExactly("rebinding.test");
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void checksAgainWheneverItConnects() throws InterruptedException {
    calls.names.with("rebinding.test", "127.0.0.1").with("rebinding.test", "127.0.0.2");
    server.answer("/close", 200, "", "Connection: close");
    CallPolicy policy = calls.policy().withPermits(Permits.of(List.of("127.0.0.1")));

    calls.call(HttpRequest.get("http://rebinding.test:" + server.port() + "/close"), policy);

    assertThatThrownBy(
            () ->
                calls.call(HttpRequest.get("http://rebinding.test:" + server.port() + "/"), policy))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("127.0.0.2 is loopback");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void lendsNoConnectionToACallThatMayNotGoThere() throws InterruptedException {
    HttpRequest request = HttpRequest.get(server.at("/"));
    calls.call(request, calls.policy());

    assertThatThrownBy(() -> calls.call(request, calls.policy().withPermits(Permits.NONE)))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("127.0.0.1 is loopback");

    assertThat(server.asked).hasSize(1);
  }

  @Test
  void goesToAnAddressThatIsPermitted() throws InterruptedException {
    CallPolicy policy = calls.policy().withPermits(Permits.of(List.of("127.0.0.0/8")));

    calls.call(HttpRequest.get("http://127.0.0.1:" + server.port() + "/"), policy);

    assertThat(server.asked).hasSize(1);
    assertThat(calls.names.asked()).isEmpty();
  }

  @Test
  void followsNoRedirectUnlessAllowed() {
    server.answer("/from", 302, "", "Location: /to?token=s3cr3t");

    assertThatThrownBy(() -> calls.call(HttpRequest.get(server.at("/from")), calls.policy()))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("answered 302, a redirect to /to?token=***, after 0 of 0");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void followsARedirectToWhereItMayGo() throws InterruptedException {
    server.answer("/from", 303, "", "Location: /to");

    Answer answer =
        calls.call(
            HttpRequest.post(server.at("/from")).json(List.of(1)),
            calls.within(Duration.ofSeconds(30), 1).withIdempotencyKey("job-1"));

    assertThat(answer.response().text()).isEqualTo("inside");
    assertThat(server.asked.getLast().method()).isEqualTo("GET");
    assertThat(server.asked.getLast().header("Content-Type")).isEmpty();
    assertThat(server.asked.getLast().header("Idempotency-Key")).isEmpty();
    assertThat(calls.records.getFirst().uris())
        .containsExactly(server.at("/from"), server.at("/to"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:%d/", "http://rebound.test:%d/", "//localhost:%d/"})
  void followsNoRedirectToAPrivateAddress(String location) {
    calls.names.with("rebound.test", "127.0.0.1");
    server.answer("/from", 302, "", "Location: " + location.formatted(server.port()));

    assertThatThrownBy(
            () ->
                calls.call(
                    HttpRequest.get(server.at("/from")), calls.within(Duration.ofSeconds(30), 5)))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("are refused");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void givesUpWhereRedirectsGoRound() {
    server.answer("/loop", 307, "", "Location: /loop");

    assertThatThrownBy(
            () ->
                calls.call(
                    HttpRequest.get(server.at("/loop")), calls.within(Duration.ofSeconds(30), 5)))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("after 5 of 5");
    assertThat(server.asked).hasSize(6);
  }

  @Test
  void staysBelowTheBase() {
    CallPolicy policy = calls.policy().withBase(URI.create(server.at("/v1")));

    assertThatThrownBy(() -> calls.call(HttpRequest.get("/../"), policy))
        .isInstanceOf(PermanentCallFailure.class)
        .hasMessageContaining("leads elsewhere");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void usesNoProxyOfTheMachine() throws InterruptedException {
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "1");
    try {
      calls.call(HttpRequest.get(server.at("/")), calls.policy());
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
    }

    assertThat(server.asked).hasSize(1);
  }
}
