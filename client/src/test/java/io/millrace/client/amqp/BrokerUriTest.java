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
  void turnsTlsOn() {
    BrokerUri.apply("amqps://user:secret@broker", factory);

    assertThat(factory.isSSL()).isTrue();
  }

  @Test
  void showsNoPassword() {
    for (String uri :
        List.of("http://user:secret@broker", "amqp://user:secret@bro ker", "secret")) {
      assertThatThrownBy(() -> BrokerUri.apply(uri, factory))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause()
          .message()
          .doesNotContain("secret");
    }
  }
}
