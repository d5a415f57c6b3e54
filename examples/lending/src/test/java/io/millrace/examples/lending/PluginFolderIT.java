package io.millrace.examples.lending;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobHandler;
import io.millrace.handler.test.TestJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Loads the packaged plugin as an engine would: its own class loader over the handler API alone.
 */
class PluginFolderIT {

  private static final Path FOLDER = Path.of("target", "plugin");

  @Test
  void holdsHandlersThatRunOnNothingButTheFolder() throws Exception {
    try (URLClassLoader plugin = pluginClassLoader()) {
      Map<String, JobHandler<?, ?>> handlers = handlers(plugin);

      assertThat(handlers).containsOnlyKeys("loan.amortize", "cashflow.xirr", "credit.score");
      assertThat(handlers.values())
          .allSatisfy(
              handler -> {
                assertThat(handler.getClass().getClassLoader()).isSameAs(plugin);
                assertThat(handler.getClass().getResource(schema(handler))).isNotNull();
              });
      assertThat(amortizedLoan(plugin, requireNonNull(handlers.get("loan.amortize"))))
          .hasNoNullFieldsOrPropertiesExcept("levelPayment");
    }
  }

  @Test
  void leavesOutWhatTheEngineBrings() throws IOException {
    List<String> files = jars().map(jar -> jar.getFileName().toString()).toList();

    assertThat(files)
        .anyMatch(name -> name.startsWith("millrace-example-lending-"))
        .anyMatch(name -> name.startsWith("strata-basics-"))
        .noneMatch(
            name -> name.matches("(millrace-(?!example)|slf4j|spring|jspecify|jackson|junit).*"));
  }

  /** The first loan of a book counts days, for which Strata looks up classes by name. */
  @SuppressWarnings("unchecked") // The types are the plugin's own, which this test cannot name.
  private static Object amortizedLoan(ClassLoader plugin, JobHandler<?, ?> handler)
      throws Exception {
    Object loan =
        plugin
            .loadClass("io.millrace.examples.lending.book.LoanBook")
            .getMethod("loan", long.class, int.class)
            .invoke(null, 1L, 1);
    Object terms = loan.getClass().getMethod("terms").invoke(loan);
    return ((Calculation<Object, Object>) handler).calculate(terms, TestJob.of(handler).context());
  }

  private static Map<String, JobHandler<?, ?>> handlers(ClassLoader plugin) {
    return ServiceLoader.load(JobHandler.class, plugin).stream()
        .map(ServiceLoader.Provider::get)
        .collect(Collectors.toMap(handler -> handles(handler).value(), handler -> handler));
  }

  private static String schema(JobHandler<?, ?> handler) {
    return handles(handler).schema();
  }

  private static Handles handles(JobHandler<?, ?> handler) {
    return handler.getClass().getAnnotation(Handles.class);
  }

  private static URLClassLoader pluginClassLoader() throws IOException {
    URL[] urls = jars().map(Path::toUri).map(PluginFolderIT::url).toArray(URL[]::new);
    return new URLClassLoader("plugin", urls, new HandlerApiOnly());
  }

  private static Stream<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
    }
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows a plugin the JDK and what the engine brings, and hides this test's class path. */
  private static final class HandlerApiOnly extends ClassLoader {

    HandlerApiOnly() {
      super("handler-api", getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("io.millrace.handler.") || name.startsWith("org.slf4j.")) {
        return PluginFolderIT.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
