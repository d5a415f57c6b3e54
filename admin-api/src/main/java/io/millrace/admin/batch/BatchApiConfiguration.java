package io.millrace.admin.batch;

import io.millrace.core.batch.BatchCalendar;
import io.millrace.core.batch.BatchRunStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The resources {@code /v1/batch-jobs} and {@code /v1/batch-runs}. */
@Configuration(proxyBeanMethods = false)
public class BatchApiConfiguration {

  @Bean
  BatchJobController batchJobController(BatchRunStore runs) {
    return new BatchJobController(runs);
  }

  @Bean
  BatchRunController batchRunController(BatchRunStore runs) {
    return new BatchRunController(runs);
  }

  @Bean
  BatchRequestController batchRequestController(
      BatchRunStore runs, BatchCalendar calendar, InstantSource clock) {
    return new BatchRequestController(runs, calendar, clock);
  }
}
