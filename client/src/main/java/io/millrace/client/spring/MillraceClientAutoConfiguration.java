package io.millrace.client.spring;

import io.millrace.client.JobPublisher;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** A {@link JobPublisher} for applications that set {@code millrace.client.uri}. */
@AutoConfiguration
@ConditionalOnProperty("millrace.client.uri")
@EnableConfigurationProperties(MillraceClientProperties.class)
public final class MillraceClientAutoConfiguration {

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  JobPublisher jobPublisher(
      MillraceClientProperties properties, ObjectProvider<JsonMapper> jsonMapper) {
    return JobPublisher.builder()
        .uri(Objects.requireNonNull(properties.uri(), "millrace.client.uri"))
        .name(properties.name())
        .tenant(properties.tenant())
        .maxInFlight(properties.maxInFlight())
        .maxWait(properties.maxWait())
        .confirmTimeout(properties.confirmTimeout())
        .closeTimeout(properties.closeTimeout())
        .jsonMapper(jsonMapper.getIfUnique(() -> JsonMapper.builder().build()))
        .connect();
  }
}
