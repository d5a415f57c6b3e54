package io.millrace.scheduler.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.broker.AmqpPublisher;
import io.millrace.core.broker.BrokerConnector;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.lease.LeaseProperties;
import io.millrace.core.lease.WorkerStore;
import io.millrace.core.outcome.OutcomeMessages;
import io.millrace.core.store.DependencyStore;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.Notifications;
import io.millrace.core.store.ParkedStore;
import io.millrace.core.store.PauseStore;
import io.millrace.core.store.ResultStore;
import io.millrace.core.webhook.UnannouncedEndpoints;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The dispatcher. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DispatcherProperties.class, ResultProperties.class})
public class DispatchConfiguration {

  @Bean
  DispatchListener dispatchLog() {
    return new DispatchLog();
  }

  @Bean
  DispatchListener dispatchMeters(MeterRegistry registry) {
    return new DispatchMeters(registry);
  }

  @Bean
  DispatchPasses.Rules dispatchRules(
      DispatcherProperties dispatcher,
      ConcurrencyProperties concurrency,
      LeaseProperties lease,
      ResultProperties results) {
    return new DispatchPasses.Rules(dispatcher, concurrency, lease, results);
  }

  @Bean
  DispatchPasses.Parked parkedJobs(
      ParkedStore jobs, DependencyStore dependencies, PauseStore pauses) {
    return new DispatchPasses.Parked(jobs, dependencies, pauses);
  }

  @Bean
  DispatchPasses.Beside besideJobs(ResultStore results, UnannouncedEndpoints endpoints) {
    return new DispatchPasses.Beside(results, endpoints);
  }

  @Bean
  DispatchPasses.Database dispatchDatabase(
      DueStore due,
      DispatchPasses.Parked parked,
      JobStore jobs,
      WorkerStore workers,
      DispatchPasses.Beside beside,
      TransactionOperations transaction) {
    return new DispatchPasses.Database(due, parked, jobs, workers, beside, transaction);
  }

  @Bean
  Dispatcher dispatcher(
      DispatchPasses.Rules rules,
      DispatchPasses.Database database,
      BrokerConnector broker,
      OutcomeMessages outcomes,
      DataSource source,
      InstantSource clock,
      List<DispatchListener> listeners) {
    DispatchListener events = event -> listeners.forEach(listener -> listener.on(event));
    ConfirmedPublisher publisher =
        new AmqpPublisher(
            broker, "millrace scheduler, dispatching", rules.dispatcher().confirmTimeout());
    List<PacedPass> passes =
        new DispatchPasses(rules, database, outcomes, clock, System::nanoTime, events)
            .passes(publisher).stream().map(timed -> new PacedPass(timed, events)).toList();
    return new Dispatcher(passes, publisher, new Notifications(source, Notifications.DUE));
  }

  @Bean
  DispatcherHealth dispatcherHealth(Dispatcher dispatcher) {
    return new DispatcherHealth(dispatcher);
  }
}
