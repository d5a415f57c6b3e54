package io.millrace.core.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A folder of plugins. A jar in it is a plugin; so is a sub-folder, with all jars in it. Each has a
 * class loader of its own, below the engine's, so that two plugins may bring different versions of
 * a library. A plugin names what it brings in {@code META-INF/services}.
 */
final class PluginFolder {

  private PluginFolder() {}

  /**
   * The classes of a service in the plugins of {@code folder}.
   *
   * @throws IllegalStateException if the folder cannot be read
   */
  static <S> List<Class<? extends S>> services(Path folder, Class<S> service) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          "the plugin folder %s does not exist: create it, or change millrace.plugins"
              .formatted(folder.toAbsolutePath()));
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Class<? extends S>> found = new ArrayList<>();
      for (Path entry : entries.sorted().toList()) {
        List<Path> jars = Files.isDirectory(entry) ? jarsIn(entry) : List.of(entry);
        found.addAll(servicesIn(jars.stream().filter(PluginFolder::isJar).toList(), service));
      }
      return found;
    } catch (IOException e) {
      throw new IllegalStateException("the plugin folder " + folder + " cannot be read", e);
    }
  }

  /** The classes of a service that {@code loader} finds, in its parents as well. */
  static <S> List<Class<? extends S>> servicesOf(ClassLoader loader, Class<S> service) {
    return ServiceLoader.load(service, loader).stream()
        .<Class<? extends S>>map(ServiceLoader.Provider::type)
        .toList();
  }

  private static <S> List<Class<? extends S>> servicesIn(List<Path> jars, Class<S> service)
      throws MalformedURLException {
    if (jars.isEmpty()) {
      return List.of();
    }
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    // Open as long as the process: plugins load classes while they run.
    URLClassLoader loader =
        new URLClassLoader(
            jars.getFirst().getFileName().toString(),
            urls.toArray(URL[]::new),
            PluginFolder.class.getClassLoader());
    return servicesOf(loader, service).stream()
        .filter(type -> loader.equals(type.getClassLoader()))
        .toList();
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(jars::add);
    }
    return jars;
  }

  private static boolean isJar(Path file) {
    return file.getFileName().toString().endsWith(".jar");
  }
}
