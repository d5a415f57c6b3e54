package io.millrace.worker.handlers;

import io.millrace.handler.JobHandler;
import java.nio.file.Path;
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
   * @param plugins the folder of plugins, {@code millrace.plugins}; empty for none
   * @param permanent the exceptions after which nothing is tried again, {@code
   *     millrace.permanent-exceptions}
   */
  @Bean
  HandlerRegistry handlerRegistry(
      ObjectProvider<JobHandler<?, ?>> beans,
      AutowireCapableBeanFactory factory,
      @Value("${millrace.plugins:}") String plugins,
      @Value("${millrace.permanent-exceptions:}") Set<String> permanent) {
    List<JobHandler<?, ?>> handlers = new ArrayList<>(beans.stream().toList());
    Set<Class<?>> found =
        new LinkedHashSet<>(PluginFolder.handlersOf(HandlersConfiguration.class.getClassLoader()));
    if (!plugins.isBlank()) {
      found.addAll(PluginFolder.handlers(Path.of(plugins)));
    }
    handlers.stream().map(Object::getClass).forEach(found::remove);
    for (Class<?> type : found) {
      handlers.add((JobHandler<?, ?>) createWithItsOwnClasses(factory, type));
    }
    return new HandlerRegistry(handlers, new FailureClassifier(permanent));
  }

  /** Libraries of a plugin look for their classes in the thread's class loader. */
  private static Object createWithItsOwnClasses(AutowireCapableBeanFactory factory, Class<?> type) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.getClassLoader());
    try {
      return factory.createBean(type);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
