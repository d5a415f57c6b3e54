package io.millrace.core.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Connection;
import io.millrace.testing.TestBroker;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BrokerConnectorIT {

  /** TCP's port 1 is free on any machine of our days. */
  private static final String DOWN = "127.0.0.1:1";

  @AutoClose private static final TestBroker BROKER = TestBroker.fresh();

  @Test
  void findsTheNodeThatIsUp() throws Exception {
    String uri = BROKER.amqpUri().toString();
    BrokerConnector connector = connector(uri.replaceFirst("@", "@" + DOWN + ","));

    for (int i = 0; i < 10; i++) { // in whichever order they are tried
      try (Connection connection = connector.connect("test")) {
        assertThat(connection.isOpen()).isTrue();
      }
    }
  }

  @Test
  void namesAllNodesWhenNoneIsUp() {
    BrokerConnector connector = connector("amqp://user:secret@%s,%s/jobs".formatted(DOWN, DOWN));

    assertThatThrownBy(() -> connector.connect("test"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:1, 127.0.0.1:1")
        .message()
        .doesNotContain("secret");
  }

  private static BrokerConnector connector(String uri) {
    return new BrokerConnector(new BrokerProperties(uri, Duration.ofSeconds(5)));
  }
}
