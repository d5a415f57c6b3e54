package io.millrace.admin.audit;

import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.audit.AuditStore;
import io.millrace.core.audit.AuditVerifier;
import io.millrace.core.secret.SecretBox;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The resource {@code /v1/audit}. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

  @Bean
  AuditStore auditStore(JdbcClient jdbc, ScopedJdbc scoped, SecretBox keys) {
    return new AuditStore(jdbc, scoped, keys);
  }

  @Bean
  AuditVerifier auditVerifier(
      AuditStore store, SecretBox keys, PlatformTransactionManager transactions) {
    return new AuditVerifier(store, keys, transactions);
  }

  @Bean
  AuditTrail auditTrail(AuditStore store, JsonMapper json, InstantSource clock) {
    return new AuditTrail(store, json, clock);
  }

  @Bean
  KeyChange keyChange(
      AuditStore store, AuditTrail audit, SecretBox keys, TransactionOperations transaction) {
    return new KeyChange(store, audit, keys, transaction);
  }

  @Bean
  AuditController auditController(AuditStore store, AuditVerifier verifier) {
    return new AuditController(store, verifier);
  }
}
