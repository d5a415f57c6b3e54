package io.millrace.admin.token;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.millrace.admin.access.CallerAuthentication;
import io.millrace.admin.access.OpenPath;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.OAuth2ProtectedResourceMetadata;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Nobody is answered without a good token, but on {@link OpenPath}s. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenProperties.class)
public class TokenConfiguration {

  /** Answers are data: nothing in them is to be run, and no page shows them in a frame. */
  private static final String NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'";

  /** In the table of {@code ops/metrics.md}. */
  private static final String ISSUER = "millrace.issuer.available";

  @Bean
  SafeBinding safeBinding(TokenProperties properties, ServerProperties server) {
    return SafeBinding.require(properties.tls(), server.getAddress(), server.getSsl());
  }

  @Bean
  Tokens tokens(TokenProperties properties, InstantSource clock) {
    return Tokens.of(properties, clock);
  }

  @Bean
  MeterBinder issuerMeter(Tokens tokens) {
    return registry ->
        Gauge.builder(ISSUER, tokens, each -> each.issuerAnswers() ? 1 : 0).register(registry);
  }

  /** The request as a whole is measured, and not each filter. */
  @Bean
  SecurityObservationSettings withoutObservationsOfFilters() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  ProblemAnswers problemAnswers(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
    return new ProblemAnswers(answers);
  }

  @Bean
  SecurityFilterChain apiSecurity(
      HttpSecurity http,
      TokenProperties properties,
      Tokens tokens,
      ProblemAnswers answers,
      List<OpenPath> open) {
    return http.sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // Who can send the header has the token already: there is no cookie that a page of others
        // could use.
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .cors(AbstractHttpConfigurer::disable) // decided before: see HttpConfiguration.originFilter
        .headers(TokenConfiguration::headers)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(open.stream().map(OpenPath::pattern).toArray(String[]::new))
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .exceptionHandling(
            refusals -> refusals.authenticationEntryPoint(answers).accessDeniedHandler(answers))
        .oauth2ResourceServer(
            bearers ->
                bearers
                    .authenticationEntryPoint(answers)
                    .accessDeniedHandler(answers)
                    .withObjectPostProcessor(answering(answers))
                    .protectedResourceMetadata(
                        about -> about.protectedResourceMetadataCustomizer(describing(properties)))
                    .jwt(
                        jwt ->
                            jwt.decoder(tokens.forAudience(properties.audienceOfTokens()))
                                .jwtAuthenticationConverter(reading(tokens))))
        .build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING_RUNS))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
  }

  /** RFC 9728: where somebody without a token may have one from. */
  private static Consumer<OAuth2ProtectedResourceMetadata.Builder> describing(
      TokenProperties properties) {
    return metadata -> {
      if (!properties.isLocal()) {
        metadata.authorizationServer(properties.issuer());
      }
      metadata.scope(CallerClaims.PAYLOADS).tlsClientCertificateBoundAccessTokens(false);
    };
  }

  /** By default the filter lets it be the container's failure that an issuer is away. */
  private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answering(
      ProblemAnswers answers) {
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
        filter.setAuthenticationFailureHandler(answers);
        return filter;
      }
    };
  }

  private static Converter<Jwt, AbstractAuthenticationToken> reading(Tokens tokens) {
    return token -> {
      try {
        return new CallerAuthentication(tokens.caller(token.getClaims()));
      } catch (IllegalArgumentException e) {
        throw new InvalidBearerTokenException(String.valueOf(e.getMessage()), e);
      }
    };
  }
}
