package io.millrace.simulation.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.EncodedMessage;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobMessageWriter;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.simulation.broker.SimulatedPublisher;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Publishes jobs, and does so again until the broker confirms, and sometimes once more. */
final class Upstream {

  private final World world;
  private final Kernel kernel;
  private final Node node;
  private final List<Plan> plans;
  private final Set<JobId> confirmed = new LinkedHashSet<>();
  private boolean done;

  Upstream(World world, List<Plan> plans) {
    this.world = world;
    this.kernel = world.kernel();
    this.node = new Node(kernel, "upstream", Duration.ZERO);
    this.plans = plans;
  }

  void start() {
    kernel.spawn(node, "publisher", this::publish);
  }

  boolean isDone() {
    return done;
  }

  Set<JobId> confirmed() {
    return confirmed;
  }

  private void publish() {
    SimulatedPublisher publisher = new SimulatedPublisher(kernel, world.broker(), node);
    for (Plan plan : plans.stream().sorted(Comparator.comparing(Plan::after)).toList()) {
      kernel.rest(Duration.ofNanos(Math.max(0, plan.after().toNanos() - kernel.nanos())));
      OutboundMessage message = message(plan);
      for (int i = 0; i < plan.times(); i++) {
        confirm(publisher, message);
        kernel.note(() -> "published " + plan);
        confirmed.add(plan.id());
      }
    }
    done = true;
  }

  private void confirm(SimulatedPublisher publisher, OutboundMessage message) {
    while (true) {
      try {
        publisher.publish(List.of(message));
        return;
      } catch (IOException _) {
        kernel.rest(Duration.ofMillis(500));
      }
    }
  }

  private OutboundMessage message(Plan plan) {
    Instant now = node.clock().instant();
    Instant notBefore = after(now, plan.delay());
    EncodedMessage written =
        new JobMessageWriter()
            .write(
                new JobMessage(
                    plan.type(),
                    plan.name(),
                    null,
                    json(plan.input()).getBytes(UTF_8),
                    new JobOptions(
                        Lane.NORMAL,
                        notBefore,
                        after(now, plan.patience()),
                        plan.uniqueKey(),
                        plan.concurrencyKey(),
                        null,
                        null,
                        null,
                        null,
                        null)));
    return new OutboundMessage(
        written.exchange(), written.routingKey(), written.properties(), written.body());
  }

  private static @Nullable Instant after(Instant now, @Nullable Duration time) {
    return time == null ? null : now.plus(time);
  }

  private static String json(Input input) {
    return "{\"millis\":%d,\"failures\":%d,\"permanent\":%b,\"kills\":%b}"
        .formatted(input.millis(), input.failures(), input.permanent(), input.kills());
  }
}
