package io.millrace.worker.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.core.secret.SecretProperties;
import io.millrace.core.webhook.KeyRing;
import io.millrace.worker.handlers.FailureClassifier;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.handlers.RegisteredHandler.Input;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  private static final Instant ACCEPTED = Instant.parse("2026-11-22T10:15:30.123456Z");

  private final RegisteredHandler handler = handler();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1.10,\"a\":1E400,\"c\":-0.0,\"b\":12345678901234567890123456789}",
        "[[],{},[{\"x\":[true,false,null]}]]",
        "\"\\\"\\\\ \u00e9 \uD83D\uDE00\"",
        "{\"\u00fc\\\"\":\"\\ud83d alone, \\udc00 too\"}",
        "null",
        "0.30000000000000004441"
      })
  void deliversTheDataAsItIs(String data) {
    assertThat(body("{\"endpoint\":\"e\",\"type\":\"a.b\",\"data\":%s}".formatted(data)))
        .isEqualTo(
            "{\"type\":\"a.b\",\"timestamp\":\"2026-11-22T10:15:30.123456Z\",\"data\":%s}"
                .formatted(data));
  }

  @Test
  void leavesOutBlanksAndTakesTheTimeThatItIsGiven() {
    String payload =
        "{ \"data\" : { \"x\" : [ 1 , 2 ] } , \"timestamp\":\"2020-01-01T00:00:00+02:00\", \"type\":\"a\", \"endpoint\":\"e\" }";

    assertThat(body(payload))
        .isEqualTo(
            "{\"type\":\"a\",\"timestamp\":\"2020-01-01T00:00:00+02:00\",\"data\":{\"x\":[1,2]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'type':'a','data':1}; endpoint",
        "{'endpoint':'e','data':1}; type",
        "{'endpoint':'e','type':'a'}; data",
        "{'endpoint':'-','type':'a','data':1}; endpoint",
        "{'endpoint':'e','type':'a b','data':1}; type",
        "{'endpoint':'e','type':'a','data':1,'url':'x'}; url",
        "{'endpoint':'e','type':'a','data':1,'timestamp':'yesterday'}; timestamp",
        "{'endpoint':'e','type':'a','data':1,'timestamp':'2026-11-22'}; timestamp",
      })
  void refusesWhatIsNoWebhook(String payload, String what) {
    Input input = handler.read(payload.replace('\'', '"').getBytes(UTF_8));

    assertThat(input)
        .isInstanceOfSatisfying(
            Input.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Refusal.SCHEMA_VIOLATION);
              assertThat(refused.explanation()).contains(what);
            });
  }

  private String body(String payload) {
    Input input = handler.read(payload.getBytes(UTF_8));
    assertThat(input).isInstanceOf(Input.Read.class);
    Webhook webhook = (Webhook) ((Input.Read) input).value();
    return new String(webhook.body(ACCEPTED), UTF_8);
  }

  private static RegisteredHandler handler() {
    FakeEndpointStore store = new FakeEndpointStore();
    ReceiverHealth health =
        new ReceiverHealth(store, Duration.ofDays(5), () -> ACCEPTED, new WorkerEvents(List.of()));
    KeyRing ring = new KeyRing(new SecretProperties("", List.of()).box());
    WebhookDeliver deliver =
        new WebhookDeliver(new Receivers(store, ring, health), health, () -> ACCEPTED);
    return new HandlerRegistry(List.of(deliver), new FailureClassifier(Set.of()))
        .find(new JobType("webhook.deliver"))
        .orElseThrow();
  }
}
