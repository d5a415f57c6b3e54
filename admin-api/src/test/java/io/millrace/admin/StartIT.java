package io.millrace.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.InvalidSettingException;
import io.millrace.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class StartIT {

  private static final String ISSUER = "--millrace.security.issuer=https://id.example";

  @AutoClose private final TestDatabase database = TestDatabase.fresh();

  @Test
  void doesNotStartWithoutAnIssuer() {
    assertRefused("does not know whose tokens to accept");
  }

  @Test
  void doesNotStartWithAnIssuerThatAnybodyCanAnswerFor() {
    assertRefused("has to begin with https", "--millrace.security.issuer=http://id.example");
  }

  @Test
  void doesNotStartWhereTokensCanBeReadOnTheirWay() {
    assertRefused("without TLS on 0.0.0.0", ISSUER, "--server.address=0.0.0.0");
  }

  @Test
  void doesNotStartWithRulesThatHideNothing() {
    assertRefused(
        "millrace.redaction.rules.loans cannot be kept: 'name' is no path",
        ISSUER,
        "--millrace.redaction.rules.loans.types=loan.*",
        "--millrace.redaction.rules.loans.paths=name");
  }

  @Test
  void doesNotStartWhereALoginWouldBeAToken() {
    assertRefused(
        "what people log in with would be a token of the API",
        ISSUER,
        "--millrace.api.dashboard.url=http://127.0.0.1:8083",
        "--millrace.api.dashboard.client-id=millrace");
  }

  @Test
  void startsBehindAProxyWithoutMeetingItsIssuer() {
    try (ConfigurableApplicationContext context =
        start(ISSUER, "--server.address=0.0.0.0", "--millrace.security.tls=PROXY")) {
      assertThat(context.isRunning()).isTrue();
    }
  }

  @Test
  void startsWithAKeyOfItsOwn(@TempDir Path folder) {
    Path key = folder.resolve("issuer.jwk");

    try (ConfigurableApplicationContext context =
        start("--millrace.security.local-issuer=" + key)) {
      assertThat(context.isRunning()).isTrue();
      assertThat(key).exists();
    }
  }

  private void assertRefused(String says, String... settings) {
    assertThatThrownBy(() -> start(settings).close())
        .rootCause()
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(says);
  }

  private ConfigurableApplicationContext start(String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--millrace.database.url=" + database.jdbcUrl(),
                "--millrace.database.user=" + database.user(),
                "--millrace.database.password=" + database.password()));
    arguments.addAll(List.of(settings));
    return new SpringApplicationBuilder(AdminApiApplication.class)
        .run(arguments.toArray(String[]::new));
  }
}
