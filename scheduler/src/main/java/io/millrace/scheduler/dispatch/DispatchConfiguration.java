package io.millrace.scheduler.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.LeaseWatch;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.Notifications;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The dispatcher. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DispatcherProperties.class)
public class DispatchConfiguration {

  private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofSeconds(10);

  /** What the passes read and write. */
  record Stores(DueStore due, JobStore jobs, WorkerStore workers) {}

  @Bean
  DispatchListener dispatchLog() {
    return new DispatchLog();
  }

  @Bean
  DispatchListener dispatchMeters(MeterRegistry registry) {
    return new DispatchMeters(registry);
  }

  @Bean
  Stores dispatchStores(DueStore due, JobStore jobs, WorkerStore workers) {
    return new Stores(due, jobs, workers);
  }

  @Bean
  Dispatcher dispatcher(
      DispatcherProperties properties,
      ConcurrencyProperties concurrency,
      LeaseProperties lease,
      Stores stores,
      TransactionOperations transactions,
      BrokerConnector broker,
      OutcomeMessages outcomes,
      DataSource source,
      InstantSource clock,
      List<DispatchListener> listeners) {
    DispatchListener events = event -> listeners.forEach(listener -> listener.on(event));
    ConfirmedPublisher publisher =
        new ConfirmedPublisher(
            broker, "millrace scheduler, dispatching", properties.confirmTimeout());
    DueStore due = stores.due();
    DispatchTransaction transaction =
        new DispatchTransaction(
            transactions, due, stores.jobs(), publisher, properties.confirmTimeout());
    LeaseWatch watch = new LeaseWatch(stores.workers(), lease, clock);
    Duration poll = properties.poll();
    int batch = properties.batch();
    return new Dispatcher(
        List.of(
            new PacedPass(
                new DuePass(due, transaction, concurrency, properties, clock, events),
                poll,
                events),
            new PacedPass(
                new TurnPass(due, transaction, concurrency, properties, clock, events),
                poll,
                events),
            new PacedPass(
                new AnnouncePass(due, transaction, publisher, outcomes, batch, events),
                poll,
                events),
            new PacedPass(
                new LatePass(due, transaction, batch, clock, events), EVERY_SECOND, events),
            new PacedPass(
                new OrphanPass(due, stores.jobs(), transaction, properties, clock, events),
                EVERY_SECOND,
                events),
            new PacedPass(
                new LostPass(due, transaction, publisher, properties, clock, events),
                SELDOM,
                events),
            new PacedPass(new WatchPass(watch, events), lease.heartbeat(), events)),
        publisher,
        new Notifications(source, Notifications.DUE));
  }

  @Bean
  DispatcherHealth dispatcherHealth(Dispatcher dispatcher) {
    return new DispatcherHealth(dispatcher);
  }
}
