package io.millrace.admin.events;

import io.millrace.core.store.Notifications;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Server-sent events. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventsProperties.class)
public class EventsConfiguration {

  @Bean
  EventStreams eventStreams(EventsProperties properties, DataSource source) {
    return new EventStreams(properties, alarm(source), System::nanoTime);
  }

  /** Cancellations of running jobs are news at once; the rest is found in time. */
  private static EventStreams.Alarm alarm(DataSource source) {
    Notifications cancelled = new Notifications(source, Notifications.CANCELLED);
    return new EventStreams.Alarm() {
      @Override
      public void await(Duration patience) throws InterruptedException {
        cancelled.await(patience);
      }

      @Override
      public void rest() {
        cancelled.close();
      }
    };
  }
}
