package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointEventTest {

  private static final Map<String, EndpointEvent> SAMPLES =
      Map.of(
          "endpoint-disabled-failing.json",
          new EndpointEvent(
              "acme",
              "orders",
              "hooks.example.com:8443",
              EndpointEvent.Reason.FAILING,
              Instant.parse("2026-11-22T10:15:30.123456789Z"),
              Instant.parse("2026-11-17T10:15:29Z")),
          "endpoint-disabled-gone.json",
          new EndpointEvent(
              "b\u00fcro \"7\"",
              "o.1",
              "[2001:db8::1]",
              EndpointEvent.Reason.GONE,
              Instant.parse("2026-11-22T10:15:30Z"),
              null));

  static Set<String> samples() {
    return SAMPLES.keySet();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isWrittenAsTheGoldenFileShows(String name) {
    byte[] written = new EndpointEventWriter().write(sample(name));

    Golden.assertUnchanged(name, new String(written, UTF_8));
    assertThat(
            Schemas.violations(
                "endpoint-event.v1.schema.json", Golden.JSON.readTree(Golden.read(name))))
        .isEmpty();
  }

  @Test
  void hasAnIdForEachTimeThatAnEndpointIsDisabled() {
    EndpointEvent once = sample("endpoint-disabled-failing.json");
    EndpointEvent later =
        new EndpointEvent(
            once.tenant(),
            once.endpoint(),
            once.destination(),
            once.reason(),
            once.disabledAt().plusSeconds(1),
            once.failingSince());
    EndpointEvent another =
        new EndpointEvent(
            "other",
            once.endpoint(),
            once.destination(),
            once.reason(),
            once.disabledAt(),
            once.failingSince());

    assertThat(Set.of(once.id(), later.id(), another.id())).hasSize(3);
  }

  private static EndpointEvent sample(String name) {
    return Objects.requireNonNull(SAMPLES.get(name), name);
  }
}
