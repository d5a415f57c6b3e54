package io.millrace.worker.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.handler.JobHandler;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class MailConfigurationTest {

  @Test
  void aWorkerWithoutAServerForMailHasNoHandlerForIt() {
    try (AnnotationConfigApplicationContext context = context(Map.of("millrace.mail.host", " "))) {
      assertThat(context.getBeansOfType(JobHandler.class)).isEmpty();
    }
  }

  @Test
  void aWorkerWithOneHasIt() {
    Map<String, Object> settings =
        Map.of("millrace.mail.host", "mail.test", "millrace.mail.from", "no-reply@bank.test");

    try (AnnotationConfigApplicationContext context = context(settings)) {
      assertThat(context.getBeansOfType(JobHandler.class)).hasSize(1);
      assertThat(context.getBean(MailProperties.class))
          .extracting(MailProperties::port, MailProperties::tls)
          .containsExactly(587, MailProperties.Tls.STARTTLS);
    }
  }

  @Test
  void aServerWithoutASenderIsRefusedAtTheStart() {
    assertThatThrownBy(() -> context(Map.of("millrace.mail.host", "mail.test")))
        .rootCause()
        .hasMessageContaining("millrace.mail.from: the first entry is the sender");
  }

  private static AnnotationConfigApplicationContext context(Map<String, Object> settings) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("settings", settings));
    context.registerBean(InstantSource.class, InstantSource::system);
    context.register(MailConfiguration.class);
    context.refresh();
    return context;
  }
}
