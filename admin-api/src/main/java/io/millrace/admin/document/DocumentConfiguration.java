package io.millrace.admin.document;

import io.millrace.admin.access.OpenPath;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * {@code /v1/openapi.json}, and {@code /docs/} with Swagger UI on it. Both are the same for
 * everybody and tell of nobody, so both are open.
 */
@Configuration(proxyBeanMethods = false)
public class DocumentConfiguration implements WebMvcConfigurer {

  private static final String PAGE = "/docs/**";
  private static final String DOCUMENT = "/v1/openapi.json";

  /** What a file is called is what the pattern leaves open. */
  private static final String DOCUMENTS = "/v1/*.json";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

  private static final CacheControl A_WHILE = CacheControl.maxAge(Duration.ofMinutes(10));

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler(DOCUMENTS)
        .addResourceLocations("classpath:/io/millrace/admin/document/")
        .setCacheControl(A_WHILE);
    registry
        .addResourceHandler(PAGE)
        .addResourceLocations("classpath:/io/millrace/admin/document/page/", swaggerUi())
        .setCacheControl(A_WHILE);
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addRedirectViewController("/docs", "/docs/index.html");
  }

  /** Its folder is named after its version. */
  private static String swaggerUi() {
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:/META-INF/resources/webjars/swagger-ui/*/swagger-ui.css");
      return found[0].createRelative("./").getURL().toString();
    } catch (IOException e) {
      throw new UncheckedIOException("the files of Swagger UI cannot be found", e);
    }
  }

  /** The page runs the scripts that come with it, and nothing from elsewhere. */
  @Bean
  FilterRegistrationBean<Filter> documentPagePolicy() {
    Filter policy =
        (request, response, chain) -> {
          ((HttpServletResponse) response).setHeader("Content-Security-Policy", POLICY);
          chain.doFilter(request, response);
        };
    FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(policy);
    filter.addUrlPatterns("/docs/*");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
    return filter;
  }

  @Bean
  OpenPath documentPageRoot() {
    return new OpenPath("/docs");
  }

  @Bean
  OpenPath document() {
    return new OpenPath(DOCUMENT);
  }

  @Bean
  OpenPath documentPage() {
    return new OpenPath(PAGE);
  }
}
