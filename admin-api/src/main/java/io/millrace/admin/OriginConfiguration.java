package io.millrace.admin;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Whose pages may call the API from a browser: nobody's but its own. Without this, any page that
 * somebody on this machine looks at could cancel jobs: a POST without a body needs no leave.
 */
@Configuration(proxyBeanMethods = false)
class OriginConfiguration implements WebMvcConfigurer {

  @Override
  public void addCorsMappings(CorsRegistry registry) {
    registry.addMapping("/**").allowedOrigins();
  }
}
