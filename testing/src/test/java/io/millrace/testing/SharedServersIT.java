package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SharedServersIT {

  @Test
  void givesEachTestAVirtualHostOfItsOwn() throws Exception {
    try (TestBroker mine = TestBroker.fresh();
        TestBroker other = TestBroker.fresh();
        Connection connection = mine.connect();
        Channel channel = connection.createChannel()) {
      channel.queueDeclare("job", true, false, false, null);
      channel.confirmSelect();
      channel.basicPublish("", "job", MessageProperties.PERSISTENT_BASIC, "hello".getBytes(UTF_8));
      channel.waitForConfirmsOrDie(10_000);

      assertThat(mine.queueDepth("job")).isEqualTo(1);
      assertThatThrownBy(() -> other.queueDepth("job")).isInstanceOf(TestServerException.class);
    }
  }

  @Test
  void closesAllConnectionsOfATest() throws Exception {
    closesAllConnections(TestBroker.fresh());
  }

  @Test
  void hasTheEmbeddedBrokerAsWell() throws Exception {
    closesAllConnections(TestBroker.freshEmbedded());
  }

  private static void closesAllConnections(TestBroker fresh) throws Exception {
    try (TestBroker broker = fresh) {
      CompletableFuture<Boolean> closed = new CompletableFuture<>();
      broker.connect().addShutdownListener(cause -> closed.complete(true));

      broker.closeAllConnections();

      assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  @RequiresRabbitMq
  void hasQuorumQueuesAndMoreUsersWhereThereIsRabbitMq() throws Exception {
    try (TestBroker broker = TestBroker.fresh()) {
      ConnectionFactory factory = new ConnectionFactory();
      factory.setUri(broker.createUser("acme"));
      try (Connection connection = factory.newConnection();
          Channel channel = connection.createChannel()) {
        channel.queueDeclare("job", true, false, false, Map.of("x-queue-type", "quorum"));
      }

      assertThat(broker.isRabbitMq()).isTrue();
      assertThat(broker.queueDepth("job")).isZero();
    }
  }

  @Test
  void givesEachTestADatabaseOfItsOwnAndDropsIt() throws SQLException {
    TestDatabase database = TestDatabase.fresh();
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE note (text text)");
    }

    database.close();

    assertThatThrownBy(() -> database.dataSource().getConnection())
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("does not exist");
  }
}
