package io.millrace.admin.schedules;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.core.schedule.ScheduleStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The resource {@code /v1/schedules}. */
@Configuration(proxyBeanMethods = false)
public class SchedulesConfiguration {

  @Bean
  ScheduleController scheduleController(
      ScheduleStore schedules,
      AuditTrail audit,
      TransactionOperations transaction,
      InstantSource clock) {
    return new ScheduleController(schedules, audit, transaction, clock);
  }
}
