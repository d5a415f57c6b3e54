package io.millrace.scheduler.statement;

import io.millrace.batch.BatchJob;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The daily statement. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatementProperties.class)
public class StatementConfiguration {

  @Bean
  BatchJob dailyStatement(
      JdbcClient jdbc,
      TransactionOperations transaction,
      StatementProperties properties,
      InstantSource clock) {
    return new DailyStatement(
            new DailyStatement.Stores(jdbc),
            transaction,
            properties.path().map(StatementFolder::new).orElse(null),
            properties.zoneId(),
            clock)
        .asJob();
  }
}
