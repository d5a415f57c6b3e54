package io.millrace.worker.mail;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handler of {@code mail.send}, in workers that know a server for it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${millrace.mail.host:}'.isBlank()")
@EnableConfigurationProperties(MailProperties.class)
public class MailConfiguration {

  @Bean
  MailHandler mailHandler(MailProperties properties, InstantSource clock) {
    return new MailHandler(properties, clock);
  }
}
