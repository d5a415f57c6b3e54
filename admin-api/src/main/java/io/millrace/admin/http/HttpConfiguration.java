package io.millrace.admin.http;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The server, its versions, and whose pages may call it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
public class HttpConfiguration implements WebMvcConfigurer {

  private static final String CURRENT = "1";

  /** What looks like a version; other paths, such as those of health and meters, have none. */
  private static final Pattern VERSION = Pattern.compile("v[0-9][0-9.]*");

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

  private static final String DENSE =
      "application/json,application/problem+json,application/yaml,text/html,text/css,text/javascript,text/plain";

  /** The version is the first part of the path; a new one gets its own mappings beside the old. */
  @Override
  public void configureApiVersioning(ApiVersionConfigurer versions) {
    versions
        .usePathSegment(0, HttpConfiguration::hasVersion)
        .addSupportedVersions(CURRENT)
        .setVersionRequired(false);
  }

  private static boolean hasVersion(RequestPath path) {
    return path.pathWithinApplication().elements().stream()
        .filter(PathContainer.PathSegment.class::isInstance)
        .findFirst()
        .filter(segment -> VERSION.matcher(segment.value()).matches())
        .isPresent();
  }

  /**
   * Without this, any page that somebody on this machine looks at could cancel jobs: a POST without
   * a body needs no leave.
   */
  @Bean
  FilterRegistrationBean<CorsFilter> originFilter(ApiProperties properties) {
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration("/**", cors(properties.cors().origins()));
    CorsFilter cors = new CorsFilter(source);
    cors.setCorsProcessor(new ProblemCorsProcessor());
    FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(cors);
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return filter;
  }

  private static CorsConfiguration cors(List<String> origins) {
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOrigins(origins);
    cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    cors.setAllowedHeaders(
        List.of(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
            "X-Request-Id",
            "traceparent"));
    cors.setExposedHeaders(
        List.of(
            "ETag",
            "Location",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "X-Request-Id",
            "X-Trace-Id"));
    cors.setMaxAge(Duration.ofHours(1));
    return cors;
  }

  /** Behind the limits of rates and the look at tokens: strangers take nobody's place. */
  @Bean
  FilterRegistrationBean<ConcurrencyFilter> concurrencyFilter(ApiProperties properties) {
    FilterRegistrationBean<ConcurrencyFilter> filter =
        new FilterRegistrationBean<>(new ConcurrencyFilter(properties.concurrency(), PATIENCE));
    filter.setOrder(1);
    filter.addUrlPatterns("/v1/*");
    return filter;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> carefulTomcat(
      ApiProperties properties) {
    return factory ->
        factory.addConnectorCustomizers(connector -> configure(connector, properties));
  }

  private static void configure(Connector connector, ApiProperties properties) {
    // Parameters come in the address only: a form in the body would be a second way to give them.
    connector.setParseBodyMethods("");
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
      http.setConnectionTimeout(Math.toIntExact(properties.readTimeout().toMillis()));
      http.setKeepAliveTimeout(Math.toIntExact(KEEP_ALIVE.toMillis()));
      http.setCompression("on");
      http.setCompressionMinSize(Math.toIntExact(properties.compressFrom().toBytes()));
      http.setCompressibleMimeType(DENSE);
    }
  }
}
