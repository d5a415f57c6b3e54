package io.millrace.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.JobStore;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEventListener;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A worker in this process, what it says, and a plain AMQP client to talk to it. */
public final class WorkerUnderTest implements AutoCloseable {

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final ConfigurableApplicationContext context;
  private final Ear ear;
  private final Connection connection;
  private final Channel channel;

  private WorkerUnderTest(ConfigurableApplicationContext context, Ear ear, Connection connection)
      throws Exception {
    this.context = context;
    this.ear = ear;
    this.connection = connection;
    this.channel = connection.createChannel();
    this.channel.confirmSelect();
  }

  /** Starts one and waits until it consumes. */
  public static WorkerUnderTest start(
      URI broker, String jdbcUrl, String user, String password, String... properties)
      throws Exception {
    Ear ear = new Ear();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("server.port", "0");
    settings.put("millrace.broker.uri", broker.toString());
    settings.put("millrace.database.url", jdbcUrl);
    settings.put("millrace.database.user", user);
    settings.put("millrace.database.password", password);
    settings.put("millrace.lease.heartbeat", "200ms");
    settings.put("millrace.lease.dead-after", "2s");
    settings.put("millrace.tenants.spokesmen", "*");
    for (String property : properties) {
      int equals = property.indexOf('=');
      settings.put(property.substring(0, equals), property.substring(equals + 1));
    }
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(WorkerApplication.class, TestHandlers.class)
            .initializers(
                started ->
                    started
                        .getBeanFactory()
                        .registerSingleton("ear", (WorkerEventListener) ear::hear))
            .run(
                settings.entrySet().stream()
                    .map(each -> "--" + each.getKey() + "=" + each.getValue())
                    .toArray(String[]::new));
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(broker);
    WorkerUnderTest worker = new WorkerUnderTest(context, ear, factory.newConnection("test"));
    worker.await(WorkerEvent.BrokerConnected.class, _ -> true);
    return worker;
  }

  /**
   * Waits until the worker has said something that fits, since it began or since {@link #forget}.
   */
  public <E extends WorkerEvent> E await(Class<E> type, Predicate<E> fits)
      throws InterruptedException {
    return ear.await(type, fits);
  }

  /** Waits until the worker has said so {@code times} times. */
  public void awaitCount(Class<? extends WorkerEvent> type, int times) throws InterruptedException {
    ear.awaitCount(type, times);
  }

  /** Waits until the worker has taken so many deliveries from the broker, repeats included. */
  public void awaitTaken(long deliveries) throws InterruptedException {
    ear.awaitTaken(deliveries);
  }

  /** How often it has said something that fits. */
  public <E extends WorkerEvent> long count(Class<E> type, Predicate<E> fits) {
    return ear.count(type, fits);
  }

  /** Forgets what the worker has said. */
  public void forget() {
    ear.forget();
  }

  /** Waits until the job has ended in {@code state}, and reads it. */
  public Job awaitEnd(String messageId, JobState state) throws InterruptedException {
    JobId id = JobId.of("default", messageId);
    ear.await(
        WorkerEvent.JobEnded.class, event -> event.job().equals(id) && event.state() == state);
    return store().find(id).orElseThrow();
  }

  /** Publishes as any AMQP client would, and waits for the confirm. */
  public void publish(String type, AMQP.BasicProperties properties, byte[] body) throws Exception {
    channel.basicPublish(ContractNames.JOBS, type, properties, body);
    channel.waitForConfirmsOrDie(10_000);
  }

  /** Publishes a good job message. */
  public void publish(String type, String messageId, String json) throws Exception {
    publish(type, json(messageId).build(), json.getBytes(UTF_8));
  }

  /** The properties of a good job message. */
  public static AMQP.BasicProperties.Builder json(String messageId) {
    return new AMQP.BasicProperties.Builder()
        .contentType("application/json")
        .deliveryMode(2)
        .messageId(messageId);
  }

  public Channel channel() {
    return channel;
  }

  public JobStore store() {
    return context.getBean(JobStore.class);
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(context.getBean(DataSource.class));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /** Stops the worker as SIGTERM does; the client stays. */
  public void stop() {
    context.close();
  }

  @Override
  public void close() {
    context.close();
    connection.abort();
  }

  /** Remembers what it hears. */
  private static final class Ear {

    private final List<WorkerEvent> heard = new ArrayList<>();

    synchronized void hear(WorkerEvent event) {
      heard.add(event);
      notifyAll();
    }

    synchronized void forget() {
      heard.clear();
    }

    synchronized <E extends WorkerEvent> long count(Class<E> type, Predicate<E> fits) {
      return heard.stream().filter(type::isInstance).map(type::cast).filter(fits).count();
    }

    synchronized void awaitCount(Class<? extends WorkerEvent> type, int times)
        throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      int looked = 0;
      int found = 0;
      while (true) {
        for (; looked < heard.size(); looked++) {
          found += type.isInstance(heard.get(looked)) ? 1 : 0;
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (found >= times) {
          return;
        }
        if (left <= 0) {
          throw new AssertionError("%d of %d %s".formatted(found, times, type.getSimpleName()));
        }
        wait(left);
      }
    }

    synchronized void awaitTaken(long deliveries) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      int looked = 0;
      long taken = 0;
      while (true) {
        for (; looked < heard.size(); looked++) {
          taken += heard.get(looked) instanceof WorkerEvent.BatchTaken(int some) ? some : 0;
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (taken >= deliveries) {
          return;
        }
        if (left <= 0) {
          throw new AssertionError(
              "%d of %d deliveries taken; heard: %s".formatted(taken, deliveries, last()));
        }
        wait(left);
      }
    }

    synchronized <E extends WorkerEvent> E await(Class<E> type, Predicate<E> fits)
        throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      int looked = 0;
      while (true) {
        for (; looked < heard.size(); looked++) {
          WorkerEvent event = heard.get(looked);
          if (type.isInstance(event) && fits.test(type.cast(event))) {
            return type.cast(event);
          }
        }
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("no such %s; heard: %s".formatted(type.getSimpleName(), last()));
        }
        wait(left);
      }
    }

    private List<WorkerEvent> last() {
      return heard.subList(Math.max(0, heard.size() - 20), heard.size());
    }
  }
}
