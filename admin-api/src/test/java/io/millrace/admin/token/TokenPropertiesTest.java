package io.millrace.admin.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.admin.token.TokenProperties.ClaimNames;
import io.millrace.admin.token.TokenProperties.Tls;
import io.millrace.core.InvalidSettingException;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.web.server.Ssl;

class TokenPropertiesTest {

  @Test
  void hasDefaultsForAllButTheIssuer() {
    assertThat(bound(Map.of("millrace.security.issuer", "https://id.example")))
        .isEqualTo(
            new TokenProperties(
                "https://id.example", "", "millrace", "", ClaimNames.OURS, Tls.OWN));
  }

  @Test
  void canBeSet() {
    assertThat(
            bound(
                Map.of(
                    "millrace.security.issuer", "https://id.example",
                    "millrace.security.jwk-set-uri", "file:/etc/keys.json",
                    "millrace.security.audience", "api",
                    "millrace.security.local-issuer", "/data/key",
                    "millrace.security.claims.roles", "a.b",
                    "millrace.security.claims.tenants", "t",
                    "millrace.security.claims.types", "y",
                    "millrace.security.tls", "proxy")))
        .isEqualTo(
            new TokenProperties(
                "https://id.example",
                "file:/etc/keys.json",
                "api",
                "/data/key",
                new ClaimNames("a.b", "t", "y"),
                Tls.PROXY));
  }

  @Test
  void isLocalOnlyWithoutAnIssuer() {
    assertThat(properties("", "/data/key").isLocal()).isTrue();
    assertThat(properties("https://id.example", "/data/key").isLocal()).isFalse();
  }

  @Test
  void saysWhatToSetWhereThereIsNoIssuer() {
    assertThatThrownBy(() -> properties("", ""))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            e -> assertThat(e.action()).contains("MILLRACE_SECURITY_ISSUER"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "ftp://id.example",
        "file:/tmp/x",
        "id.example",
        "https:",
        "https://a b"
      })
  void refusesAnIssuerThatAnybodyCanAnswerFor(String issuer) {
    assertThatThrownBy(() -> properties(issuer, ""))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("millrace.security.issuer ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9000/realm", "http://localhost:1", "http://[::1]:1"})
  void takesAnIssuerOnThisMachineWithoutTls(String issuer) {
    assertThat(properties(issuer, "").issuer()).isEqualTo(issuer);
  }

  @Test
  void startsOnlyWhereNobodyReadsTokensOnTheirWay() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetAddress everywhere = InetAddress.getByName("0.0.0.0");
    Ssl off = new Ssl();
    off.setEnabled(false);

    assertThat(SafeBinding.require(Tls.OWN, loopback, null)).isEqualTo(SafeBinding.LOOPBACK);
    assertThat(SafeBinding.require(Tls.OWN, everywhere, new Ssl())).isEqualTo(SafeBinding.OWN_TLS);
    assertThat(SafeBinding.require(Tls.PROXY, everywhere, null)).isEqualTo(SafeBinding.PROXY);
    assertThatThrownBy(() -> SafeBinding.require(Tls.OWN, everywhere, off))
        .hasMessageContaining("without TLS on 0.0.0.0");
    assertThatThrownBy(() -> SafeBinding.require(Tls.OWN, null, null))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("without TLS on all addresses");
  }

  private static TokenProperties properties(String issuer, String localIssuer) {
    return new TokenProperties(issuer, "", "millrace", localIssuer, ClaimNames.OURS, Tls.OWN);
  }

  private static TokenProperties bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bind("millrace.security", TokenProperties.class)
        .get();
  }
}
