package io.millrace.admin.rate;

import io.github.bucket4j.TimeMeter;
import jakarta.servlet.Filter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** How often a client may ask. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RateProperties.class)
public class RateConfiguration {

  /** Before tokens are looked at. */
  @Bean
  FilterRegistrationBean<FailureRateFilter> failureRateFilter(RateProperties properties) {
    return registered(
        new FailureRateFilter(buckets(properties.failures(), properties)),
        Ordered.HIGHEST_PRECEDENCE + 2,
        properties.failures() > 0);
  }

  /** As soon as it is known who asks. */
  @Bean
  FilterRegistrationBean<SubjectRateFilter> subjectRateFilter(RateProperties properties) {
    return registered(
        new SubjectRateFilter(buckets(properties.requests(), properties)),
        -1,
        properties.requests() > 0);
  }

  private static ClientBuckets buckets(int tokens, RateProperties properties) {
    return new ClientBuckets(Math.max(1, tokens), properties.window(), TimeMeter.SYSTEM_NANOTIME);
  }

  private static <T extends Filter> FilterRegistrationBean<T> registered(
      T filter, int order, boolean enabled) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    registration.setEnabled(enabled);
    // Health and meters are asked for by whoever supervises the process.
    registration.addUrlPatterns("/v1/*");
    return registration;
  }
}
