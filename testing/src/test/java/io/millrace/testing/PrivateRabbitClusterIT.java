package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresRabbitMq(killable = true)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PrivateRabbitClusterIT {

  @Test
  void keepsAQueueWithoutOneOfItsNodes() throws Exception {
    try (PrivateRabbitCluster cluster = PrivateRabbitCluster.start(3)) {
      try (Connection connection = connect(cluster);
          Channel channel = connection.createChannel()) {
        channel.queueDeclare("job", true, false, false, Map.of("x-queue-type", "quorum"));
        channel.confirmSelect();
        channel.basicPublish("", "job", MessageProperties.PERSISTENT_BASIC, new byte[] {7});
        channel.waitForConfirmsOrDie(10_000);
      }
      String first = cluster.names().getFirst();

      cluster.kill(first);

      assertThat(getOnceThereIsALeader(cluster)).containsExactly(7);
      cluster.restart(first);
    }
  }

  /** Until the queue has elected another leader, a node ends the connection that asks for it. */
  private static byte[] getOnceThereIsALeader(PrivateRabbitCluster cluster) throws Exception {
    while (true) {
      try (Connection connection = connect(cluster);
          Channel channel = connection.createChannel()) {
        return channel.basicGet("job", true).getBody();
      } catch (IOException | ShutdownSignalException e) {
        System.out.println("no leader yet: " + e);
      }
    }
  }

  private static Connection connect(PrivateRabbitCluster cluster) throws Exception {
    String authority = URI.create(cluster.amqpUri()).getRawAuthority();
    String[] userAndNodes = authority.split("@");
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri("amqp://" + userAndNodes[0] + "@localhost/millrace");
    factory.setAutomaticRecoveryEnabled(false);
    List<Address> nodes =
        Arrays.stream(userAndNodes[1].split(",")).map(Address::parseAddress).toList();
    return factory.newConnection(nodes);
  }
}
