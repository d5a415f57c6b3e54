package io.millrace.scheduler.fileimport;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.batch.BatchJob;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.core.store.JobStore;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The import of files, in schedulers that have a folder for them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${millrace.file-import.folder:}'.isBlank()")
@EnableConfigurationProperties(FileImportProperties.class)
public class FileImportConfiguration {

  @Bean
  FileImportListener fileImportLog() {
    return new FileImportLog();
  }

  @Bean
  FileImportListener fileImportMeters(MeterRegistry registry) {
    return new FileImportMeters(registry);
  }

  @Bean
  ImportFolder importFolder(FileImportProperties properties) {
    return ImportFolder.at(properties.folder());
  }

  @Bean
  ImportSources importSources(FileImportProperties properties) {
    return ImportSources.of(properties);
  }

  @Bean
  FileImportStore fileImportStore(JdbcClient jdbc) {
    return new FileImportStore(jdbc);
  }

  @Bean
  LineJobs lineJobs(JobStore jobs, FileImportStore imports, InstantSource clock) {
    return new LineJobs(jobs, imports, clock);
  }

  @Bean
  FileImport fileImport(
      ImportFolder folder,
      ImportSources sources,
      FileImportStore imports,
      LineJobs jobs,
      BatchRunStore runs,
      List<FileImportListener> listeners) {
    return new FileImport(
        folder,
        sources,
        imports,
        jobs,
        runs,
        event -> listeners.forEach(listener -> listener.on(event)));
  }

  @Bean
  BatchJob fileImportJob(FileImport fileImport, FileImportProperties properties) {
    return fileImport.job(properties.chunk());
  }

  @Bean
  InboxWatch inboxWatch(
      ImportFolder folder,
      ImportSources sources,
      BatchRunStore runs,
      FileImportProperties properties,
      InstantSource clock,
      List<FileImportListener> listeners) {
    return new InboxWatch(
        folder,
        sources,
        runs,
        new InboxWatch.Pace(properties.look(), properties.settledAfter(), System::nanoTime),
        clock,
        event -> listeners.forEach(listener -> listener.on(event)));
  }
}
