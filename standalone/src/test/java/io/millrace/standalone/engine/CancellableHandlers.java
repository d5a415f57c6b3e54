package io.millrace.standalone.engine;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import io.millrace.handler.TransactionalHandler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handlers that wait, remember being interrupted, and have a result all the same. */
@Configuration(proxyBeanMethods = false)
class CancellableHandlers {

  /** The message ids of those that have begun to wait. */
  static final Set<String> WAITING = ConcurrentHashMap.newKeySet();

  /** The message ids of those that were interrupted. */
  static final Set<String> INTERRUPTED = ConcurrentHashMap.newKeySet();

  /** A number. */
  record Value(int value) {}

  @Handles("test.slow")
  static final class Slow implements Calculation<Value, Value> {
    @Override
    public Value calculate(Value input, JobContext context) {
      awaitInterruption(context);
      return input;
    }
  }

  /** Writes its message id into the table {@code effect}. */
  @Handles("test.posting")
  static final class Posting implements TransactionalHandler<Value, Value> {
    @Override
    public Value handle(Value input, Connection connection, JobContext context)
        throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO effect VALUES (?)")) {
        insert.setString(1, context.messageId());
        insert.executeUpdate();
      }
      awaitInterruption(context);
      return input;
    }
  }

  private static void awaitInterruption(JobContext context) {
    WAITING.add(context.messageId());
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      INTERRUPTED.add(context.messageId());
    }
  }

  @Bean
  Slow slow() {
    return new Slow();
  }

  @Bean
  Posting posting() {
    return new Posting();
  }
}
