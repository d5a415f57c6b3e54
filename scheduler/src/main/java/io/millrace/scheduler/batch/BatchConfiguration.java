package io.millrace.scheduler.batch;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchJobs;
import io.millrace.core.plugin.Plugins;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.support.TransactionOperations;

/** The batches. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BatchProperties.class)
public class BatchConfiguration {

  /** What all that runs batches is told by. */
  record Signals(BatchListener events) {}

  @Bean
  BatchListener batchLog() {
    return new BatchLog();
  }

  @Bean
  BatchListener batchMeters(MeterRegistry registry) {
    return new BatchMeters(registry);
  }

  @Bean
  Signals batchSignals(List<BatchListener> listeners) {
    return new Signals(event -> listeners.forEach(listener -> listener.on(event)));
  }

  /** Whoever claims a run is its only writer, so nothing has to be serializable. */
  @Bean
  JobRepository jobRepository(DataSource source, PlatformTransactionManager transactions)
      throws Exception {
    JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(source);
    factory.setTransactionManager(transactions);
    factory.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
    factory.afterPropertiesSet();
    return factory.getObject();
  }

  @Bean
  TaskExecutorJobOperator jobOperator(JobRepository repository) {
    TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
    operator.setJobRepository(repository);
    operator.setJobRegistry(new MapJobRegistry());
    operator.setTaskExecutor(new SyncTaskExecutor());
    return operator;
  }

  @Bean
  Catalogue batchCatalogue(
      ObjectProvider<BatchJob> beans,
      AutowireCapableBeanFactory factory,
      DataSource source,
      Plugins plugins) {
    List<BatchJob> jobs = new ArrayList<>(beans.stream().toList());
    for (Class<? extends BatchJobs> type : plugins.services(BatchJobs.class)) {
      jobs.addAll(Plugins.asPlugin(type, () -> factory.createBean(type).jobs(source)));
    }
    return new Catalogue(jobs);
  }

  @Bean
  RunStore runStore(JdbcClient jdbc) {
    return new RunStore(jdbc);
  }

  @Bean
  LeaseStore leaseStore(
      JdbcClient jdbc, TransactionOperations transaction, BatchProperties properties) {
    String owner = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
    return new LeaseStore(jdbc, transaction, owner, properties);
  }

  @Bean
  HeldLeases heldLeases(LeaseStore leases, BatchProperties properties) {
    return new HeldLeases(leases, properties.lease());
  }

  @Bean
  RunManager.Stores batchStores(LeaseStore leases, RunStore runs, HeldLeases held) {
    return new RunManager.Stores(leases, runs, held);
  }

  @Bean
  RunManager runManager(
      Catalogue catalogue,
      JobRepository repository,
      TaskExecutorJobOperator operator,
      RunManager.Stores stores,
      BatchProperties properties,
      Signals signals) {
    return new RunManager(catalogue, repository, operator, stores, properties, signals.events());
  }

  @Bean
  StepFactory stepFactory(
      JobRepository repository,
      PlatformTransactionManager transactions,
      RunManager.Stores stores,
      JdbcClient jdbc,
      BatchProperties properties) {
    return new StepFactory(
        repository,
        transactions,
        stores.leases(),
        stores.runs(),
        jdbc,
        properties.idleTransaction());
  }

  @Bean
  PartitionWork partitionWork(
      Catalogue catalogue,
      JobRepository repository,
      RunManager.Stores stores,
      StepFactory steps,
      BatchProperties properties,
      Signals signals) {
    return new PartitionWork(
        catalogue, repository, stores, steps, properties.restarts(), signals.events());
  }

  @Bean
  BatchScheduler batchScheduler(
      Catalogue catalogue,
      LeaseStore leases,
      RunManager manager,
      PartitionWork partitions,
      BatchProperties properties,
      Signals signals) {
    return new BatchScheduler(catalogue, leases, manager, partitions, properties, signals.events());
  }
}
