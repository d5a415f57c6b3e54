package io.millrace.simulation.broker;

import io.millrace.client.contract.JobType;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.simulation.fault.PlantedFault;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Publishes to {@link Broker}, confirmed, or not. */
public final class SimulatedPublisher implements ConfirmedPublisher {

  private final Kernel kernel;
  private final Broker broker;
  private final Node node;

  public SimulatedPublisher(Kernel kernel, Broker broker, Node node) {
    this.kernel = kernel;
    this.broker = broker;
    this.node = node;
  }

  @Override
  public void publish(Collection<OutboundMessage> messages) throws IOException {
    if (broker.isPlanted(PlantedFault.COMMITTED_BEFORE_CONFIRM)) {
      List<OutboundMessage> later = List.copyOf(messages);
      kernel.spawn(node, "unconfirmed", () -> publishNow(later));
      return;
    }
    publishConfirmed(messages);
  }

  private void publishNow(Collection<OutboundMessage> messages) {
    try {
      kernel.rest(Duration.ofMillis(kernel.random().nextInt(500)));
      publishConfirmed(messages);
    } catch (IOException e) {
      kernel.note(() -> "nobody hears that a publication failed");
    }
  }

  private void publishConfirmed(Collection<OutboundMessage> messages) throws IOException {
    kernel.giveWay();
    refuseIfDown();
    int outages = broker.outages();
    boolean disturbed = broker.takeDisturbance();
    int arrives = disturbed ? kernel.random().nextInt(messages.size() + 1) : messages.size();
    for (OutboundMessage message : messages) {
      if (arrives-- <= 0) {
        break;
      }
      broker.store(message);
    }
    kernel.giveWay();
    if (disturbed || broker.outages() != outages) {
      throw new IOException("the connection was lost before the broker confirmed");
    }
  }

  @Override
  public void publish(JobType type, Collection<OutboundMessage> messages) throws IOException {
    publish(messages);
  }

  @Override
  public int depth(String queue) throws IOException {
    kernel.giveWay();
    refuseIfDown();
    return broker.queue(queue).size();
  }

  @Override
  public void close() {
    // It holds nothing.
  }

  private void refuseIfDown() throws IOException {
    if (broker.isDown()) {
      throw new IOException("no connection to the broker");
    }
  }
}
