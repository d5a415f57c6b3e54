package io.millrace.worker.httpcall;

import io.millrace.worker.dependency.DependencyProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handler of {@code http.call}. */
@Configuration(proxyBeanMethods = false)
public class HttpCallConfiguration {

  @Bean
  HttpCallHandler httpCallHandler(DependencyProperties properties) {
    return new HttpCallHandler(properties);
  }
}
