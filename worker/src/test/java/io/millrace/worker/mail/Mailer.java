package io.millrace.worker.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.contract.JobType;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.worker.handlers.FailureClassifier;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.handlers.RegisteredHandler.Input;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Runs the handler of mail as a worker does. */
final class Mailer {

  static final UUID JOB = UUID.fromString("5a1e93b4-0000-8000-8000-0123456789ab");
  static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private final RegisteredHandler handler;

  /**
   * @param settings below {@code millrace.mail}, beside a host and the senders
   */
  Mailer(int port, Map<String, String> settings) {
    Map<String, String> configuration = new HashMap<>();
    configuration.put("millrace.mail.host", "localhost");
    configuration.put("millrace.mail.port", String.valueOf(port));
    configuration.put("millrace.mail.tls", "NONE");
    configuration.put("millrace.mail.from", "no-reply@bank.test,*@loans.test");
    configuration.put("millrace.mail.timeout", "5s");
    settings.forEach((key, value) -> configuration.put("millrace.mail." + key, value));
    MailProperties properties =
        new Binder(new MapConfigurationPropertySource(configuration))
            .bindOrCreate("millrace.mail", MailProperties.class);
    handler =
        new HandlerRegistry(
                List.of(new MailHandler(properties, () -> NOW)), new FailureClassifier(Set.of()))
            .find(new JobType("mail.send"))
            .orElseThrow();
  }

  Input read(String payload) {
    return handler.read(payload.getBytes(UTF_8));
  }

  Outcome send(String payload, int attempt) {
    Input input = read(payload);
    assertThat(input).isInstanceOf(Input.Read.class);
    return handler.run(
        ((Input.Read) input).value(),
        new FixedContext(JOB, attempt),
        () -> {
          throw new IllegalStateException("mail needs no transaction");
        });
  }

  String result(String payload) {
    Outcome outcome = send(payload, 1);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return new String(((Outcome.Succeeded) outcome).result(), UTF_8);
  }

  Mishap.Failed failure(String payload) {
    Outcome outcome = send(payload, 1);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).how();
  }
}
