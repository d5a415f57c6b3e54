package io.millrace.examples.lending;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchJobs;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.RunContext;
import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobHandler;
import io.millrace.handler.test.TestJob;
import io.millrace.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
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
    try (URLClassLoader plugin = pluginClassLoader(new HandlerApiOnly())) {
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

  /** As a scheduler does, which has Spring and knows no handlers. */
  @Test
  void holdsBatchesForASchedulerThatKnowsNoHandlers() throws Exception {
    try (URLClassLoader plugin = pluginClassLoader(new BatchApiOnly());
        TestDatabase database = TestDatabase.fresh()) {
      List<BatchJob> jobs =
          ServiceLoader.load(BatchJobs.class, plugin).stream()
              .map(ServiceLoader.Provider::get)
              .flatMap(batches -> batches.jobs(database.dataSource()).stream())
              .toList();

      assertThat(jobs)
          .extracting(BatchJob::name)
          .containsExactly("loan-book-load", "interest-accrual");
      assertThat(processed(jobs.getFirst())).hasToString(firstLoan(plugin).toString());
    }
  }

  @Test
  void leavesOutWhatTheEngineBrings() throws IOException {
    List<String> files = jars().map(jar -> jar.getFileName().toString()).toList();

    assertThat(files)
        .anyMatch(name -> name.startsWith("millrace-example-lending-"))
        .anyMatch(name -> name.startsWith("strata-basics-"))
        .noneMatch(
            name ->
                name.matches(
                    "(millrace-(?!example)|slf4j|spring|jspecify|jackson|junit|commons-logging|micrometer).*"));
  }

  /** The first loan of a book counts days, for which Strata looks up classes by name. */
  @SuppressWarnings("unchecked") // The types are the plugin's own, which this test cannot name.
  private static Object amortizedLoan(ClassLoader plugin, JobHandler<?, ?> handler)
      throws Exception {
    Object loan = firstLoan(plugin);
    Object terms = loan.getClass().getMethod("terms").invoke(loan);
    return ((Calculation<Object, Object>) handler).calculate(terms, TestJob.of(handler).context());
  }

  private static Object firstLoan(ClassLoader plugin) throws Exception {
    return plugin
        .loadClass("io.millrace.examples.lending.book.LoanBook")
        .getMethod("loan", long.class, int.class)
        .invoke(null, 1L, 1);
  }

  /** What the load makes of the first number. */
  @SuppressWarnings("unchecked") // The types are the plugin's own, which this test cannot name.
  private static Object processed(BatchJob load) throws Exception {
    RunContext run = new RunContext(new UUID(0, 0), Map.of("seed", "1", "loans", "10"));
    ChunkStep<Object, Object> step = (ChunkStep<Object, Object>) load.steps().get(1);
    PartitionContext part =
        new PartitionContext(run, step.partitioning().partitions(run).getFirst());
    Object loan = requireNonNull(requireNonNull(step.processor(part)).process(1));
    Method method = loan.getClass().getDeclaredMethod("loan");
    method.setAccessible(true);
    return method.invoke(loan);
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

  private static URLClassLoader pluginClassLoader(ClassLoader engine) throws IOException {
    URL[] urls = jars().map(Path::toUri).map(PluginFolderIT::url).toArray(URL[]::new);
    return new URLClassLoader("plugin", urls, engine);
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
  private abstract static class Engine extends ClassLoader {

    Engine(String name) {
      super(name, getPlatformClassLoader());
    }

    abstract boolean brings(String className);

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (brings(name)) {
        return PluginFolderIT.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  private static final class HandlerApiOnly extends Engine {

    HandlerApiOnly() {
      super("handler-api");
    }

    @Override
    boolean brings(String className) {
      return className.startsWith("io.millrace.handler.") || className.startsWith("org.slf4j.");
    }
  }

  private static final class BatchApiOnly extends Engine {

    BatchApiOnly() {
      super("batch-api");
    }

    @Override
    boolean brings(String className) {
      return className.startsWith("io.millrace.batch.")
          || className.startsWith("org.springframework.")
          || className.startsWith("org.slf4j.");
    }
  }
}
