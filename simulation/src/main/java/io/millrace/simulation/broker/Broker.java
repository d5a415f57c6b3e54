package io.millrace.simulation.broker;

import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobType;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.job.Job;
import io.millrace.simulation.fault.PlantedFault;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The queues, and what RabbitMQ promises about them: a message whose publication was confirmed is
 * delivered until it is acknowledged, to one consumer at a time, in any order, and more than once
 * if a connection is lost. What was published and not confirmed may be there or not.
 */
public final class Broker {

  private final Kernel kernel;
  private final Set<PlantedFault> faults;
  private final BiConsumer<Node, Message> acknowledged;
  private final Map<String, List<Message>> queues = new LinkedHashMap<>();
  private final Set<String> told = new HashSet<>();
  private final List<SimulatedIntake> consumers = new ArrayList<>();
  private boolean down;
  private boolean hasForgotten;
  private int outages;
  private int publicationsToDisturb;

  /**
   * @param acknowledged sees every acknowledgement before it counts
   */
  public Broker(Kernel kernel, Set<PlantedFault> faults, BiConsumer<Node, Message> acknowledged) {
    this.kernel = kernel;
    this.faults = faults;
    this.acknowledged = acknowledged;
  }

  // --- what breaks it

  /** Is gone, with all connections, until {@link #comeBack}; keeps what it has confirmed. */
  public void goAway() {
    down = true;
    outages++;
    List.copyOf(consumers).forEach(SimulatedIntake::cut);
  }

  /** Is there again. */
  public void comeBack() {
    down = false;
  }

  /** Loses the connection of the next who publishes, before, while or after it does. */
  public void disturbAPublication() {
    publicationsToDisturb++;
  }

  /** Loses every message of the dispatcher, as a broker does that has lost its disk. */
  public void forgetDispatch() {
    hasForgotten = true;
    queues.forEach(
        (queue, messages) -> {
          if (QueueNames.isDispatch(queue)) {
            messages.clear();
          }
        });
  }

  // --- what everybody may see

  /** How many messages are in the queues or with a consumer. */
  public int depth() {
    return queues.values().stream().mapToInt(List::size).sum()
        + consumers.stream().mapToInt(SimulatedIntake::unacknowledged).sum();
  }

  /**
   * Whether a message is left that stands for the job as it is: its publisher's, or the
   * dispatcher's word of its attempt. Or may have been, and was forgotten.
   */
  public boolean isAbout(Job job) {
    return hasWord(job) || has(job.order().messageId());
  }

  /**
   * Whether the dispatcher's word of the job's attempt is left. Or may have been, and was
   * forgotten.
   */
  public boolean hasWord(Job job) {
    return has(new DispatchMessage(job.id(), job.standing().attempt()).text());
  }

  private boolean has(String messageId) {
    Predicate<Message> about =
        message -> messageId.equals(message.content().properties().getMessageId());
    return hasForgotten
        || queues.values().stream().flatMap(List::stream).anyMatch(about)
        || consumers.stream().anyMatch(consumer -> consumer.holds(about));
  }

  /** Whether the outcome with this id was published. */
  public boolean hasTold(String id) {
    return told.contains(id);
  }

  // --- for those who are connected

  void connect(SimulatedIntake consumer) {
    consumers.add(consumer);
  }

  void disconnect(SimulatedIntake consumer) {
    consumers.remove(consumer);
  }

  boolean isDown() {
    return down;
  }

  int outages() {
    return outages;
  }

  boolean isPlanted(PlantedFault fault) {
    return faults.contains(fault);
  }

  boolean takeDisturbance() {
    if (publicationsToDisturb == 0) {
      return false;
    }
    publicationsToDisturb--;
    return true;
  }

  List<Message> queue(String name) {
    return queues.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  void giveBack(Message message) {
    queue(message.queue()).addFirst(message.again());
  }

  void acknowledge(Node by, Message message) {
    acknowledged.accept(by, message);
  }

  void store(OutboundMessage message) {
    if (message.exchange().equals(ContractNames.EVENTS)) {
      told.add(message.properties().getMessageId());
      kernel.note(() -> "tells " + message.properties().getMessageId());
      return;
    }
    String queue =
        message.exchange().isEmpty()
            ? message.routingKey()
            : QueueNames.of(
                new JobType(message.routingKey()), ContractNames.laneOf(message.exchange()));
    queue(queue).add(new Message(message, queue, false));
  }
}
