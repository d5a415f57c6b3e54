package io.millrace.admin.redaction;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules about payloads. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedactionProperties.class)
public class RedactionConfiguration {

  @Bean
  Redaction redaction(RedactionProperties properties) {
    return new Redaction(properties);
  }
}
