package io.millrace.admin.access;

import io.millrace.core.access.ScopedJdbc;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Every handler method says who may call it, and may ask who does. */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new AccessInterceptor());
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CallerResolver());
  }

  @Bean
  ScopedJdbc scopedJdbc(JdbcClient jdbc) {
    return new ScopedJdbc(jdbc);
  }

  /** Whoever supervises the process asks without a token. */
  @Bean
  OpenPath openHealth() {
    return new OpenPath("/actuator/health/**");
  }

  @Bean
  OpenPath openInfo() {
    return new OpenPath("/actuator/info");
  }

  /** Figures, and nothing of single jobs. */
  @Bean
  OpenPath openMeters() {
    return new OpenPath("/actuator/prometheus");
  }
}
