package io.millrace.admin.body;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/** The bodies of requests. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodyProperties.class)
public class BodyConfiguration {

  /** After that of Spring Boot, whose mapper it takes the place of. */
  @Bean
  @Order(1)
  ServerHttpMessageConvertersCustomizer strictJson(
      BodyProperties limits, ObjectProvider<JsonMapperBuilderCustomizer> usual) {
    JacksonJsonHttpMessageConverter converter =
        new JacksonJsonHttpMessageConverter(StrictJson.mapper(limits, usual.orderedStream()));
    return builder -> builder.withJsonConverter(converter);
  }

  /** After it is known who asks, and before anything is read. */
  @Bean
  FilterRegistrationBean<BodyFilter> bodyFilter(BodyProperties limits) {
    FilterRegistrationBean<BodyFilter> filter =
        new FilterRegistrationBean<>(new BodyFilter(limits));
    filter.setOrder(0);
    return filter;
  }
}
