package io.millrace.admin.batch;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.core.batch.BatchCalendar;
import io.millrace.core.batch.BatchRunStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The resources {@code /v1/batch-jobs} and {@code /v1/batch-runs}. */
@Configuration(proxyBeanMethods = false)
public class BatchApiConfiguration {

  @Bean
  BatchJobController batchJobController(BatchRunStore runs) {
    return new BatchJobController(runs);
  }

  @Bean
  BatchRunController batchRunController(
      BatchRunStore runs, AuditTrail audit, TransactionOperations transaction) {
    return new BatchRunController(runs, audit, transaction);
  }

  @Bean
  BatchRequestController batchRequestController(
      BatchRunStore runs,
      BatchCalendar calendar,
      InstantSource clock,
      AuditTrail audit,
      TransactionOperations transaction) {
    return new BatchRequestController(runs, calendar, clock, audit, transaction);
  }
}
