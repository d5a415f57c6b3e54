package io.millrace.worker.handlers;

import io.millrace.core.plugin.Plugins;
import io.millrace.handler.JobHandler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handlers: beans of the application, and what plugins bring. */
@Configuration(proxyBeanMethods = false)
public class HandlersConfiguration {

  /**
   * @param permanent the exceptions after which nothing is tried again, {@code
   *     millrace.permanent-exceptions}
   */
  @Bean
  HandlerRegistry handlerRegistry(
      ObjectProvider<JobHandler<?, ?>> beans,
      AutowireCapableBeanFactory factory,
      Plugins plugins,
      @Value("${millrace.permanent-exceptions:}") Set<String> permanent) {
    List<JobHandler<?, ?>> handlers = new ArrayList<>(beans.stream().toList());
    Set<Class<?>> found = new LinkedHashSet<>(plugins.services(JobHandler.class));
    handlers.stream().map(Object::getClass).forEach(found::remove);
    for (Class<?> type : found) {
      handlers.add((JobHandler<?, ?>) Plugins.asPlugin(type, () -> factory.createBean(type)));
    }
    return new HandlerRegistry(handlers, new FailureClassifier(permanent));
  }
}
