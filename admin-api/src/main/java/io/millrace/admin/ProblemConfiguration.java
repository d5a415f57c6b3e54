package io.millrace.admin;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the API says no. */
@Configuration(proxyBeanMethods = false)
class ProblemConfiguration {

  @Bean
  ProblemAdvice problemAdvice() {
    return new ProblemAdvice();
  }
}
