package io.millrace.scheduler.batch;

import io.millrace.batch.BatchJob;
import io.millrace.core.CoreConfiguration;
import io.millrace.core.batch.BatchRunStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A scheduler's batches, in the test's own process. */
final class BatchNode implements AutoCloseable {

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({CoreConfiguration.class, BatchConfiguration.class})
  static class Application {}

  /** What makes the jobs. */
  interface Jobs {

    BatchJob job(DataSource source);
  }

  private final ConcurrentLinkedQueue<BatchEvent> events = new ConcurrentLinkedQueue<>();
  private final ConfigurableApplicationContext context;

  private BatchNode(String url, String user, String password, Jobs jobs, List<String> settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.config.import=classpath:millrace-core.yml",
                "--millrace.database.url=" + url,
                "--millrace.database.user=" + user,
                "--millrace.database.password=" + password,
                "--millrace.batch.poll=20ms",
                "--millrace.batch.lease=2s"));
    arguments.addAll(settings);
    context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .initializers(
                (GenericApplicationContext application) -> {
                  application.registerBean(
                      BatchJob.class, () -> jobs.job(application.getBean(DataSource.class)));
                  application.registerBean("recorder", BatchListener.class, () -> events::add);
                })
            .run(arguments.toArray(String[]::new));
  }

  static BatchNode start(String url, String user, String password, Jobs jobs, String... settings) {
    return new BatchNode(url, user, password, jobs, List.of(settings));
  }

  BatchRunStore runs() {
    return context.getBean(BatchRunStore.class);
  }

  JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  List<BatchEvent> events() {
    return List.copyOf(events);
  }

  @Override
  public void close() {
    context.close();
  }
}
