package io.millrace.client.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.JobPublisher;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MillraceClientAutoConfigurationTest {

  // Nothing listens on port 1; a publisher starts all the same.
  private static final String URI = "millrace.client.uri=amqp://guest:secret@127.0.0.1:1";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(MillraceClientAutoConfiguration.class));

  @Test
  void givesAPublisherWhereThereIsABroker() {
    runner
        .withPropertyValues(URI)
        .run(context -> assertThat(context).hasSingleBean(JobPublisher.class));
  }

  @Test
  void givesNoneWithoutABroker() {
    runner.run(context -> assertThat(context).doesNotHaveBean(JobPublisher.class));
  }

  @Test
  void leavesAPublisherOfTheApplicationAlone() {
    JobPublisher own = JobPublisher.connect("amqp://127.0.0.1:1");

    runner
        .withPropertyValues(URI)
        .withBean(JobPublisher.class, () -> own)
        .run(context -> assertThat(context.getBean(JobPublisher.class)).isSameAs(own));
  }

  @Test
  void hasTheDefaultsOfTheBuilder() {
    runner
        .withPropertyValues(URI)
        .run(
            context ->
                assertThat(context.getBean(MillraceClientProperties.class))
                    .isEqualTo(
                        new MillraceClientProperties(
                            "amqp://guest:secret@127.0.0.1:1",
                            "millrace-publisher",
                            null,
                            2_000,
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(10))));
  }

  @Test
  void bindsEverySetting() {
    runner
        .withPropertyValues(
            URI,
            "millrace.client.name=lender",
            "millrace.client.tenant=acme",
            "millrace.client.max-in-flight=5",
            "millrace.client.max-wait=1s",
            "millrace.client.confirm-timeout=2s",
            "millrace.client.close-timeout=0s")
        .run(
            context ->
                assertThat(context.getBean(MillraceClientProperties.class))
                    .isEqualTo(
                        new MillraceClientProperties(
                            "amqp://guest:secret@127.0.0.1:1",
                            "lender",
                            "acme",
                            5,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ZERO)));
  }

  @Test
  void refusesSettingsOutOfBoundsAndKeepsThePasswordToItself() {
    runner
        .withPropertyValues(URI, "millrace.client.max-in-flight=0")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("maxInFlight is 0"));
    runner
        .withPropertyValues("millrace.client.uri=http://guest:secret@broker")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .satisfies(
                        failure ->
                            assertThat(failure)
                                .hasStackTraceContaining("this is no AMQP URI")
                                .hasMessageNotContaining("secret")));
  }

  @Test
  void isFoundBySpringBoot() {
    assertThat(
            ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
                .getCandidates())
        .contains(MillraceClientAutoConfiguration.class.getName());
  }
}
