package io.millrace.worker.http;

import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.HostLookup;
import java.time.InstantSource;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way out of the worker. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpProperties.class)
public class HttpConfiguration {

  @Bean
  AddressGuard addressGuard() {
    return new AddressGuard(HostLookup.SYSTEM);
  }

  @Bean(initMethod = "start")
  JettyTransport httpTransport(HttpProperties properties, AddressGuard guard) {
    return new JettyTransport(properties, guard, new SslContextFactory.Client());
  }

  @Bean
  Calls httpCalls(
      HttpProperties properties,
      AddressGuard guard,
      JettyTransport transport,
      InstantSource clock) {
    return new Calls(properties, guard, transport, clock);
  }
}
