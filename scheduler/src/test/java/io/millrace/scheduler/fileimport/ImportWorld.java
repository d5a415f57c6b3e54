package io.millrace.scheduler.fileimport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batch.RunContext;
import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.JdbcBatchRunStore;
import io.millrace.core.store.JdbcJobStore;
import io.millrace.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A database and a folder, and whoever imports files from the one to the other. */
final class ImportWorld implements AutoCloseable {

  private final TestDatabase database = TestDatabase.fresh();
  private final SingleConnectionDataSource connection;
  private final JdbcClient jdbc;
  private final JdbcBatchRunStore runs;
  private final List<FileImportEvent> events = new ArrayList<>();
  private @Nullable Path root;
  private @Nullable FileImportProperties properties;

  ImportWorld() {
    Flyway.configure().dataSource(database.dataSource()).load().migrate();
    connection =
        new SingleConnectionDataSource(
            database.jdbcUrl(), database.user(), database.password(), true);
    jdbc = JdbcClient.create(connection);
    runs = new JdbcBatchRunStore(jdbc);
    jdbc.sql(
            """
            INSERT INTO batch_job VALUES ('file-import', '', true, '{file}', '{TEXT}', '{""}', ARRAY[NULL]::text[], clock_timestamp())
            """)
        .update();
  }

  /**
   * @param settings what stands behind {@code millrace.file-import.}, a key and its value on each
   *     line
   */
  void begin(Path folder, String settings) {
    Map<String, String> keys = new HashMap<>();
    keys.put("millrace.file-import.folder", folder.toString());
    keys.put("millrace.file-import.max-payload", "1KB");
    keys.put("millrace.file-import.chunk", "5");
    settings
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(each -> keys.put("millrace.file-import." + each[0], each[1]));
    root = folder;
    properties = FileImportPropertiesTest.bind(keys);
    folder();
  }

  DataSource database() {
    return database.dataSource();
  }

  JdbcBatchRunStore runs() {
    return runs;
  }

  ImportFolder folder() {
    return ImportFolder.at(root().toString());
  }

  ImportSources sources() {
    return ImportSources.of(properties());
  }

  /** A run that somebody has requested. */
  SteppedRun run(String file) {
    return run(file, "a test");
  }

  SteppedRun run(String file, String by) {
    BatchRequest request = runs.request(FileImport.JOB, Map.of("file", file), LocalDate.EPOCH, by);
    assertThat(request).isInstanceOf(BatchRequest.Accepted.class);
    BatchRun run = ((BatchRequest.Accepted) request).run();
    FileImportStore imports = new FileImportStore(jdbc);
    FileImport job =
        new FileImport(
            folder(),
            sources(),
            imports,
            new LineJobs(new JdbcJobStore(jdbc), imports, InstantSource.system()),
            runs,
            events::add);
    return new SteppedRun(
        job.job(properties().chunk()),
        new RunContext(run.id(), run.parameters()),
        new TransactionTemplate(new DataSourceTransactionManager(connection)));
  }

  /** All runs have ended well, so that others of the same file can be requested. */
  void complete() {
    jdbc.sql("UPDATE batch_run SET state = 'COMPLETED', ended_at = clock_timestamp()").update();
  }

  /** Nothing has ever happened. */
  void empty() throws IOException {
    jdbc.sql("DELETE FROM batch_run").update();
    jdbc.sql("DELETE FROM job").update();
    for (String each : new String[] {"inbox", "work", "done", "rejected"}) {
      for (String file : files(each).toList()) {
        Files.delete(root().resolve(each, file));
      }
    }
    events.clear();
  }

  void deliver(String name, String content) throws IOException {
    deliver(name, content.getBytes(UTF_8));
  }

  void deliver(String name, byte[] content) throws IOException {
    Files.write(root().resolve("inbox", name), content);
  }

  /** The names of the files in one of the folders. */
  Stream<String> files(String where) {
    try (Stream<Path> files = Files.list(root().resolve(where))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path only(String where) {
    return root().resolve(where, files(where).toList().getFirst());
  }

  /** What the files of a kind list. */
  List<String> listed(String kind) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : files("rejected").toList()) {
      if (file.endsWith("." + kind + ".jsonl")) {
        lines.addAll(Files.readAllLines(root().resolve("rejected", file)));
      }
    }
    return lines;
  }

  List<String> messageIds() {
    return jdbc.sql("SELECT message_id FROM job ORDER BY message_id")
        .query((row, _) -> row.getString(1))
        .list();
  }

  List<String> jobs() {
    return jdbc.sql(
            """
            SELECT concat_ws(' ', tenant, type, message_id, lane, state, coalesce(subject, 'null'), convert_from(payload, 'UTF8'))
            FROM job ORDER BY message_id
            """)
        .query((row, _) -> row.getString(1))
        .list();
  }

  List<FileImportEvent> events() {
    return events;
  }

  private Path root() {
    if (root == null) {
      throw new IllegalStateException("nothing was configured");
    }
    return root;
  }

  private FileImportProperties properties() {
    if (properties == null) {
      throw new IllegalStateException("nothing was configured");
    }
    return properties;
  }

  @Override
  public void close() {
    connection.destroy();
    database.close();
  }
}
