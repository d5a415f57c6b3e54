package io.millrace.worker.pause;

import io.millrace.core.store.Notifications;
import io.millrace.core.store.PauseStore;
import io.millrace.worker.signal.WorkerEvents;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is paused. */
@Configuration(proxyBeanMethods = false)
public class PauseConfiguration {

  @Bean
  Pauses pauses(PauseStore store, DataSource source, WorkerEvents events) {
    return new Pauses(store, () -> new Notifications(source, Notifications.PAUSE), events);
  }
}
