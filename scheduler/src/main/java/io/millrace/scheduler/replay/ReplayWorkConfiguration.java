package io.millrace.scheduler.replay;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.core.replay.ReplayConfiguration;
import io.millrace.core.replay.ReplaySlice;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The schedulers' part of replays. */
@Configuration(proxyBeanMethods = false)
@Import(ReplayConfiguration.class)
public class ReplayWorkConfiguration {

  @Bean
  ReplayListener replayLog() {
    return new ReplayLog();
  }

  @Bean
  ReplayListener replayMeters(MeterRegistry registry) {
    return new ReplayMeters(registry);
  }

  @Bean
  Replays replays(ReplaySlice slice, List<ReplayListener> listeners) {
    return new Replays(slice, event -> listeners.forEach(listener -> listener.on(event)));
  }
}
