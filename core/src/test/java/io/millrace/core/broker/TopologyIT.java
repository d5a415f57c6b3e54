package io.millrace.core.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.testing.RequiresRabbitMq;
import io.millrace.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyIT {

  private static final JobType TYPE = new JobType("test.job");

  @Test
  void leadsEveryLaneToItsQueueOnTheSharedBroker() throws Exception {
    try (TestBroker broker = TestBroker.fresh()) {
      leadsEveryLaneToItsQueue(broker);
    }
  }

  @Test
  void leadsEveryLaneToItsQueueOnTheEmbeddedBroker() throws Exception {
    try (TestBroker broker = TestBroker.freshEmbedded()) {
      leadsEveryLaneToItsQueue(broker);
    }
  }

  @Test
  @RequiresRabbitMq
  void keepsWhatNoQueueKnows() throws Exception {
    try (TestBroker broker = TestBroker.fresh();
        Connection connection = broker.connect();
        Channel channel = connection.createChannel()) {
      Topology.declareCommon(connection);

      channel.confirmSelect();
      channel.basicPublish(ContractNames.JOBS, "nobody.knows", null, new byte[0]);
      channel.waitForConfirmsOrDie(5_000);

      assertThat(channel.basicGet(QueueNames.UNROUTED, true)).isNotNull();
    }
  }

  @Test
  @RequiresRabbitMq
  void keepsWhatTheBrokerTakesOffAQueue() throws Exception {
    try (TestBroker broker = TestBroker.fresh();
        Connection connection = broker.connect();
        Channel channel = connection.createChannel()) {
      Topology.declareCommon(connection);
      Topology.declareTypes(connection, List.of(TYPE));

      channel.basicPublish(
          ContractNames.JOBS,
          TYPE.name(),
          MessageProperties.PERSISTENT_BASIC.builder().expiration("1").build(),
          new byte[0]);

      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (channel.messageCount(QueueNames.DEAD) == 0 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(channel.messageCount(QueueNames.DEAD)).isEqualTo(1);
    }
  }

  @Test
  void saysWhichQueueIsInTheWay() throws Exception {
    try (TestBroker broker = TestBroker.fresh();
        Connection connection = broker.connect()) {
      try (Channel channel = connection.createChannel()) {
        channel.queueDeclare(QueueNames.of(TYPE, Lane.LOW), false, false, false, Map.of());
      }
      Topology.declareCommon(connection);

      assertThatThrownBy(() -> Topology.declareTypes(connection, List.of(TYPE)))
          .isInstanceOf(BrokerRefusedException.class)
          .hasMessageContaining("millrace.job-low.test.job")
          .hasMessageContaining("Delete what was declared otherwise");
    }
  }

  private static void leadsEveryLaneToItsQueue(TestBroker broker) throws Exception {
    try (Connection connection = broker.connect();
        Channel channel = connection.createChannel()) {
      Topology.declareCommon(connection);
      Topology.declareTypes(connection, List.of(TYPE));
      Topology.declareTypes(connection, List.of(TYPE));

      channel.confirmSelect();
      for (Lane lane : Lane.values()) {
        channel.basicPublish(
            ContractNames.exchangeOf(lane), TYPE.name(), null, lane.name().getBytes(UTF_8));
      }
      channel.waitForConfirmsOrDie(5_000);

      for (Lane lane : Lane.values()) {
        assertThat(channel.basicGet(QueueNames.of(TYPE, lane), true).getBody())
            .asString()
            .isEqualTo(lane.name());
      }
    }
  }
}
