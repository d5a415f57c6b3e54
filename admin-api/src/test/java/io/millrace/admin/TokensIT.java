package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An API that has not met its issuer yet, for each test. */
class TokensIT {

  private static final String PATH = "/v1/jobs?state=RUNNING";
  private static final String METER = "millrace.issuer.available";

  @AutoClose private final RunningApi api = new RunningApi();

  @Test
  void saysThatTheIssuerIsAwayAndGoesOnWhenItIsBack() throws Exception {
    api.issuer().isAway(true);
    double unasked = issuerIsAvailable();
    HttpResponse<String> away = api.get(PATH);
    double whileAway = issuerIsAvailable();
    HttpResponse<String> health = api.sendAnonymously(request("/actuator/health"));
    api.issuer().isAway(false);
    HttpResponse<String> back = api.get(PATH);
    double whenBack = issuerIsAvailable();
    api.issuer().isAway(true);
    HttpResponse<String> awayAgain = api.get(PATH);

    assertProblem(away, 503, "the issuer of the tokens does not answer");
    assertThat(away.headers().firstValue("Retry-After")).isPresent();
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(awayAgain.statusCode()).as("its keys are known").isEqualTo(200);
    assertThat(List.of(unasked, whileAway, whenBack)).containsExactly(1.0, 0.0, 1.0);
    assertThat(Files.readString(Path.of("../ops/metrics.md"))).contains("| `" + METER + "` |");
  }

  @Test
  void knowsANewKeyWhenItComes() throws Exception {
    String old = api.issuer().admin();
    assertThat(api.get(PATH).statusCode()).isEqualTo(200);

    api.issuer().changeKey();

    assertThat(api.get(PATH).statusCode()).isEqualTo(200);
    assertThat(api.getAs(old, PATH).statusCode()).isEqualTo(401);
  }

  @Test
  void asksTheIssuerFewTimesWhateverKeysAreMadeUp() throws Exception {
    RSAKey stranger = TestIssuer.newKey();
    for (int i = 0; i < 20; i++) {
      RSAKey madeUp = new RSAKey.Builder(stranger).keyID("made-up-" + i).build();
      String token = TestIssuer.signed(api.issuer().adminClaims(), madeUp);
      assertThat(api.getAs(token, PATH).statusCode()).isEqualTo(401);
    }

    assertThat(api.get(PATH).statusCode()).isEqualTo(200);
    assertThat(api.issuer().asked()).isLessThan(10);
  }

  private double issuerIsAvailable() {
    return api.bean(MeterRegistry.class).get(METER).gauge().value();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.uri(path));
  }
}
