package io.millrace.testing;

import java.net.URI;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** The shared servers as Docker containers; loaded only where Docker answers. */
final class Containers {

  private static final String RABBITMQ = "rabbitmq:4-management-alpine";
  private static final String POSTGRESQL = "postgres:18-alpine";

  private Containers() {}

  static RunningServer broker() {
    RabbitMQContainer container = new RabbitMQContainer(RABBITMQ);
    container.start();
    String user = container.getAdminUsername() + ":" + container.getAdminPassword() + "@";
    return new RunningServer(
        new BrokerAddress(
            URI.create("amqp://" + user + container.getHost() + ":" + container.getAmqpPort()),
            URI.create("http://" + user + container.getHost() + ":" + container.getHttpPort())),
        container::stop);
  }

  static RunningServer database() {
    PostgreSQLContainer container =
        new PostgreSQLContainer(POSTGRESQL)
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=400");
    container.start();
    return new RunningServer(
        new DatabaseAddress(
            container.getJdbcUrl(), container.getUsername(), container.getPassword()),
        container::stop);
  }
}
