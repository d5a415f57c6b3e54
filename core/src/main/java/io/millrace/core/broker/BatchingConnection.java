package io.millrace.core.broker;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MetricsCollector;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.ConnectionParams;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.IOException;

/**
 * A connection that can hold back what is written to it, so that a batch of messages goes to the
 * network in packets as large as they come, instead of one for each message.
 */
final class BatchingConnection extends AMQConnection {

  private volatile boolean holding;

  private BatchingConnection(ConnectionParams params, FrameHandler frames) {
    super(params, new ShallowFrames(frames));
  }

  /** Makes connections that do not recover by themselves. */
  static ConnectionFactory factory() {
    ConnectionFactory factory =
        new ConnectionFactory() {
          @Override
          protected AMQConnection createConnection(
              ConnectionParams params, FrameHandler frames, MetricsCollector metrics) {
            return new BatchingConnection(params, frames);
          }
        };
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    return factory;
  }

  /** What is written from now on may wait for {@link #release}, as far as there is room for it. */
  void hold() {
    holding = true;
  }

  /**
   * Sends what was held back.
   *
   * @throws IOException if the connection is lost
   */
  void release() throws IOException {
    holding = false;
    flush();
  }

  @Override
  public void flush() throws IOException {
    if (!holding) {
      super.flush();
    }
  }
}
