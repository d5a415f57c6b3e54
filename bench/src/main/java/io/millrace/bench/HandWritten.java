package io.millrace.bench;

import java.math.BigDecimal;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.handler.annotation.Header;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a team writes by hand: a listener that inserts a row when a message comes and updates it
 * when the work is done. It acknowledges after both, so that a crash loses nothing; it deduplicates
 * by the primary key.
 */
@SpringBootApplication
public class HandWritten {

  static final String QUEUE = "handwritten.multiply";

  private final JdbcClient jdbc;
  private final JsonMapper json = JsonMapper.shared();

  HandWritten(JdbcClient jdbc) {
    this.jdbc = jdbc;
    jdbc.sql(
            """
            CREATE TABLE IF NOT EXISTS handwritten (
              id text PRIMARY KEY, state text NOT NULL, payload bytea NOT NULL, result bytea,
              created_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz)
            """)
        .update();
  }

  public static void main(String[] args) {
    SpringApplication.run(HandWritten.class, args);
  }

  @Bean
  Queue queue() {
    return QueueBuilder.durable(QUEUE).quorum().build();
  }

  @RabbitListener(queues = QUEUE, concurrency = "2")
  void multiply(byte[] payload, @Header(AmqpHeaders.MESSAGE_ID) String id) {
    int inserted =
        jdbc.sql(
                """
                INSERT INTO handwritten (id, state, payload) VALUES (:id, 'RUNNING', :payload) ON CONFLICT (id) DO NOTHING
                """)
            .param("id", id)
            .param("payload", payload)
            .update();
    if (inserted == 0) {
      return;
    }
    Multiply.Factors factors = json.readValue(payload, Multiply.Factors.class);
    BigDecimal product = factors.left().multiply(factors.right());
    jdbc.sql(
            """
            UPDATE handwritten SET state = 'SUCCEEDED', result = :result, finished_at = clock_timestamp() WHERE id = :id
            """)
        .param("id", id)
        .param("result", json.writeValueAsBytes(new Multiply.Product(product)))
        .update();
  }
}
