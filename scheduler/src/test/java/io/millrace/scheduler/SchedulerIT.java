package io.millrace.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class SchedulerIT {

  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void tellsThatItIsHealthy() throws Exception {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(SchedulerApplication.class)
            .run(
                "--server.port=0",
                "--millrace.broker.uri=" + broker.amqpUri(),
                "--millrace.database.url=" + database.jdbcUrl(),
                "--millrace.database.user=" + database.user(),
                "--millrace.database.password=" + database.password())) {
      String port = context.getEnvironment().getProperty("local.server.port");

      HttpResponse<String> health =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%s/actuator/health".formatted(port)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(health.body()).contains("\"status\":\"UP\"").contains("db");
    }
  }
}
