package io.millrace.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.Permits;
import io.millrace.core.address.RefusedAddressException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

  private final Redirects redirects =
      new Redirects(new AddressGuard(new FakeLookup()), Permits.NONE);

  @ParameterizedTest
  @CsvSource({
    "301, POST, GET",
    "302, POST, GET",
    "303, POST, GET",
    "303, PUT, GET",
    "303, HEAD, HEAD",
    "301, PUT, PUT",
    "302, DELETE, DELETE",
    "307, POST, POST",
    "308, POST, POST",
    "301, GET, GET",
  })
  void changesTheMethodAsTheRfcSays(int status, String method, String next) {
    Hop hop = redirects.follow(hop(method), status, "/new");

    assertThat(hop.method()).isEqualTo(next);
    assertThat(hop.body()).hasSize(next.equals(method) ? 2 : 0);
    assertThat(hop.headers().containsKey("Content-Type")).isEqualTo(next.equals(method));
  }

  @ParameterizedTest
  @CsvSource({
    "/new, https://a.example/new",
    "new?x=1, https://a.example/old/new?x=1",
    "?x=1, https://a.example/old/path?x=1",
    "../up, https://a.example/up",
    "https://b.example/x#part, https://b.example/x",
    "//b.example/x, https://b.example/x",
  })
  void resolvesTheAddressAgainstTheLastOne(String location, URI next) {
    assertThat(redirects.follow(hop("GET"), 302, location).uri()).isEqualTo(next);
  }

  @Test
  void keepsCredentialsAtTheSamePlace() {
    assertThat(redirects.follow(hop("POST"), 307, "https://a.example:443/x").headers())
        .containsOnlyKeys("Authorization", "X-Api-Key", "Content-Type", "Idempotency-Key", "Via");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://b.example/", "https://a.example:8443/", "https://x.a.example/"})
  void dropsCredentialsOnTheWayElsewhere(String location) {
    assertThat(redirects.follow(hop("POST"), 307, location).headers())
        .containsOnlyKeys("Content-Type", "Idempotency-Key", "Via");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example/, leads out of TLS",
    "https://10.0.0.1/, RFC 1918",
    "https://localhost/, this machine",
    "file:///etc/passwd, must be http",
    "https://user@b.example/, nothing else",
    "'https://b.example/a b', cannot be read",
  })
  void refusesWhereACallMayNotGo(String location, String why) {
    assertThatThrownBy(() -> redirects.follow(hop("GET"), 302, location))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining(why);
  }

  private static Hop hop(String method) {
    return new Hop(
        method,
        URI.create("https://a.example/old/path"),
        Map.of(
            "Authorization", List.of("Bearer x"),
            "X-Api-Key", List.of("x"),
            "Content-Type", List.of("application/json"),
            "Idempotency-Key", List.of("job-1"),
            "Via", List.of("us")),
        new byte[] {'{', '}'});
  }
}
