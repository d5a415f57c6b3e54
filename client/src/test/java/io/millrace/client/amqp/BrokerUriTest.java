package io.millrace.client.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerUriTest {

  private final ConnectionFactory factory = new ConnectionFactory();

  @Test
  void namesTheBroker() {
    BrokerUri.apply("amqp://user:secret@broker:5673/jobs", factory);

    assertThat(factory.getHost()).isEqualTo("broker");
    assertThat(factory.getPort()).isEqualTo(5673);
    assertThat(factory.getVirtualHost()).isEqualTo("jobs");
    assertThat(factory.isSSL()).isFalse();
  }

  @Test
  void namesTheNodesOfACluster() {
    BrokerNodes nodes =
        BrokerUri.apply("amqp://user:a,b@one:5673,two,[::1]:5674/jobs?heartbeat=7", factory);

    assertThat(nodes).hasToString("one:5673, two:5672, [::1]:5674");
    assertThat(nodes.inRandomOrder()).containsExactlyInAnyOrderElementsOf(nodes.addresses());
    assertThat(factory.getUsername()).isEqualTo("user");
    assertThat(factory.getPassword()).isEqualTo("a,b");
    assertThat(factory.getVirtualHost()).isEqualTo("jobs");
    assertThat(factory.getRequestedHeartbeat()).isEqualTo(7);
  }

  @Test
  void takesTheUsualPortOfTls() {
    assertThat(BrokerUri.apply("amqps://one,two:5673", factory)).hasToString("one:5671, two:5673");
  }

  @Test
  void refusesANodeWithoutAName() {
    for (String uri : List.of("amqp://one,,two", "amqp://one,/jobs", "amqp://user@,one")) {
      assertThatThrownBy(() -> BrokerUri.apply(uri, factory))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void turnsTlsOn() {
    BrokerUri.apply("amqps://user:secret@broker", factory);

    assertThat(factory.isSSL()).isTrue();
  }

  @Test
  void showsNoPassword() {
    for (String uri :
        List.of(
            "http://user:secret@broker",
            "amqp://user:secret@bro ker",
            "amqp://user:secret@one,t wo",
            "secret")) {
      assertThatThrownBy(() -> BrokerUri.apply(uri, factory))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause()
          .message()
          .doesNotContain("secret");
    }
  }
}
