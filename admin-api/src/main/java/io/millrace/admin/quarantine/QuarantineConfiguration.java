package io.millrace.admin.quarantine;

import io.millrace.admin.audit.AuditTrail;
import io.millrace.client.contract.ContractNames;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.catalogue.JobTypeStore;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;

/** The resource {@code /v1/quarantine}. */
@Configuration(proxyBeanMethods = false)
public class QuarantineConfiguration {

  @Bean
  QuarantinedStore quarantinedStore(ScopedJdbc jdbc) {
    return new QuarantinedStore(jdbc);
  }

  @Bean
  Decisions quarantineDecisions(
      QuarantinedStore store,
      Resubmission resubmission,
      AuditTrail audit,
      TransactionOperations transaction,
      InstantSource clock) {
    return new Decisions(store, resubmission, audit, transaction, clock);
  }

  @Bean
  Resubmission resubmission(Environment environment, JobTypeStore types, DataSource source) {
    DataSize mostBytes =
        Binder.get(environment)
            .bind("millrace.worker.max-payload", DataSize.class)
            .orElse(DataSize.ofBytes(ContractNames.DEFAULT_MAX_BODY_BYTES));
    return new Resubmission(
        Math.toIntExact(mostBytes.toBytes()),
        types,
        source,
        new SQLErrorCodeSQLExceptionTranslator(source));
  }

  @Bean
  QuarantineController quarantineController(QuarantinedStore store) {
    return new QuarantineController(store);
  }

  @Bean
  DecisionController quarantineDecisionController(QuarantinedStore store, Decisions decisions) {
    return new DecisionController(store, decisions);
  }
}
