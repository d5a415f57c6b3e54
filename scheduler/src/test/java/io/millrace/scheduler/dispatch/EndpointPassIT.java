package io.millrace.scheduler.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.EndpointEvent;
import io.millrace.core.broker.Topology;
import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointUrl;
import io.millrace.core.webhook.JdbcEndpointStore;
import io.millrace.core.webhook.Subscription;
import io.millrace.scheduler.SchedulerApplication;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The dispatcher announces endpoints that were disabled. */
class EndpointPassIT {

  private static final EndpointId ORDERS = new EndpointId("acme", "orders");
  private static final Instant AT = Instant.parse("2026-11-22T10:15:30.123456Z");

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();

  @Test
  void announcesADisabledEndpointAndThenNoMore() throws Exception {
    try (Connection connection = broker.connect();
        ConfigurableApplicationContext scheduler = scheduler()) {
      BlockingQueue<Delivery> heard = listen(connection);
      JdbcEndpointStore store = scheduler.getBean(JdbcEndpointStore.class);
      store.create(
          ORDERS,
          new Subscription(new EndpointUrl("https://example.com/hooks?token=t"), "", List.of()),
          Endpoint.Origin.API,
          AT);
      store.disable(ORDERS, DisabledReason.GONE, AT);

      Delivery event = heard.poll(30, TimeUnit.SECONDS);

      assertThat(event).isNotNull();
      assertThat(event.getProperties().getType()).isEqualTo(EndpointEvent.TYPE);
      assertThat(event.getProperties().getContentType()).isEqualTo(ContractNames.CLOUD_EVENT_JSON);
      assertThat(event.getProperties().getDeliveryMode()).isEqualTo(2);
      assertThat(new String(event.getBody(), UTF_8))
          .contains(
              "\"id\":\"" + event.getProperties().getMessageId() + "\"",
              "\"tenant\":\"acme\",\"endpoint\":\"orders\",\"destination\":\"example.com\",\"reason\":\"gone\"")
          .doesNotContain("token");

      // The next announcement comes after the first was cleared: it would come with it otherwise.
      store.enable(ORDERS, AT.plusSeconds(1));
      store.disable(ORDERS, DisabledReason.GONE, AT.plusSeconds(2));
      Delivery next = heard.poll(30, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      assertThat(next.getProperties().getMessageId())
          .isNotEqualTo(event.getProperties().getMessageId())
          .contains("10:15:32");
    }
  }

  private static BlockingQueue<Delivery> listen(Connection connection) throws Exception {
    Topology.declareCommon(connection);
    Channel channel = connection.createChannel();
    String queue = channel.queueDeclare().getQueue();
    channel.queueBind(queue, ContractNames.EVENTS, EndpointEvent.ROUTING_KEY);
    BlockingQueue<Delivery> heard = new LinkedBlockingQueue<>();
    channel.basicConsume(queue, true, (_, delivery) -> heard.add(delivery), _ -> {});
    return heard;
  }

  private ConfigurableApplicationContext scheduler() {
    return new SpringApplicationBuilder(SchedulerApplication.class)
        .run(
            "--server.port=0",
            "--millrace.broker.uri=" + broker.amqpUri(),
            "--millrace.database.url=" + database.jdbcUrl(),
            "--millrace.database.user=" + database.user(),
            "--millrace.database.password=" + database.password());
  }
}
