package io.millrace.admin.parameter;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The parameters of requests. */
@Configuration(proxyBeanMethods = false)
public class ParameterConfiguration implements WebMvcConfigurer {

  /** RFC 9562: the JDK takes shorter ones as well, and makes something else of them. */
  private static final Pattern WHOLE_UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new ParameterInterceptor());
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, UUID.class, ParameterConfiguration::uuid);
  }

  private static UUID uuid(String text) {
    if (!WHOLE_UUID.matcher(text).matches()) {
      throw new IllegalArgumentException("no UUID");
    }
    return UUID.fromString(text);
  }
}
