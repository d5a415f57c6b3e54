package io.millrace.scheduler.jobrunr;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** JobRunr on the engine's own database, in tables that Flyway has made. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JobRunrProperties.class, DashboardProperties.class})
public class JobRunrConfiguration {

  @Bean
  JsonMapper jobRunrJson() {
    return new Jackson3JsonMapper();
  }

  @Bean
  StorageProvider jobRunrStorage(DataSource source, JsonMapper json) {
    StorageProvider storage = new PostgresStorageProvider(source, DatabaseOptions.NO_VALIDATE);
    storage.setJobMapper(new JobMapper(json));
    return storage;
  }

  @Bean
  JobRequestScheduler jobRequestScheduler(StorageProvider storage) {
    return new JobRequestScheduler(storage);
  }

  @Bean
  JobRunrListener jobRunrLog() {
    return new JobRunrLog();
  }

  @Bean
  JobRunrListener jobRunrMeters(MeterRegistry registry) {
    return new JobRunrMeters(registry);
  }

  @Bean
  JobActivator jobRunrHandlers(ObjectProvider<JobRequestHandler<?>> handlers) {
    return new JobActivator() {
      @Override
      public <T> T activateJob(Class<T> type) {
        return type.cast(handlers.stream().filter(type::isInstance).findFirst().orElseThrow());
      }
    };
  }

  @Bean
  JobRunrUser dashboardNeedsJobRunr(DashboardProperties dashboard) {
    return dashboard::enabled;
  }

  @Bean
  Supervision jobRunrSupervision(
      StorageProvider storage,
      JsonMapper json,
      JobActivator handlers,
      JobRunrProperties properties,
      List<JobRunrListener> listeners) {
    return new Supervision(
        () -> new JobRunrServer(storage, json, handlers, properties),
        properties,
        event -> listeners.forEach(listener -> listener.on(event)));
  }

  @Bean
  JobRunrSupervisor jobRunrSupervisor(Supervision supervision, List<JobRunrUser> users) {
    return new JobRunrSupervisor(supervision, users.stream().anyMatch(JobRunrUser::needsServer));
  }

  @Bean
  JobRunrHealth jobRunrHealth(JobRunrSupervisor supervisor) {
    return new JobRunrHealth(supervisor);
  }

  @Bean
  @ConditionalOnBooleanProperty("millrace.dashboard.enabled")
  Dashboard dashboard(StorageProvider storage, JsonMapper json, DashboardProperties properties) {
    return new Dashboard(storage, json, properties);
  }
}
