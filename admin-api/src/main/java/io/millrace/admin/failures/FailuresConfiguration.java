package io.millrace.admin.failures;

import io.millrace.core.failure.FailureStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The resource {@code /v1/failures}. */
@Configuration(proxyBeanMethods = false)
public class FailuresConfiguration {

  @Bean
  FailureController failureController(FailureStore failures) {
    return new FailureController(failures);
  }
}
