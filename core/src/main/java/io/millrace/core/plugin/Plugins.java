package io.millrace.core.plugin;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What others bring to this process.
 *
 * @param folder of their jars, {@code millrace.plugins}; empty for none
 */
public record Plugins(String folder) {

  /**
   * The classes of a service that are on the class path, and in the folder.
   *
   * @throws IllegalStateException if the folder cannot be read
   */
  public <S> Set<Class<? extends S>> services(Class<S> service) {
    Set<Class<? extends S>> found =
        new LinkedHashSet<>(PluginFolder.servicesOf(Plugins.class.getClassLoader(), service));
    if (!folder.isBlank()) {
      found.addAll(PluginFolder.services(Path.of(folder), service));
    }
    return found;
  }

  /**
   * Does something as the plugin that a class belongs to: its libraries look for their classes in
   * the thread's class loader.
   */
  public static <T> T asPlugin(Class<?> type, Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
