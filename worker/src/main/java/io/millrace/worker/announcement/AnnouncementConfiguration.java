package io.millrace.worker.announcement;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is said about outcomes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutcomeProperties.class)
public class AnnouncementConfiguration {

  @Bean
  OutcomeMessages outcomeMessages(OutcomeProperties properties) {
    return new OutcomeMessages(properties);
  }
}
