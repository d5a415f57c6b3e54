package io.millrace.admin.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.millrace.admin.access.CallerAuthentication;
import io.millrace.admin.access.OpenPath;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.admin.token.TokenProperties.ClaimNames;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Nobody is answered without a good token, but on {@link OpenPath}s. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenProperties.class)
public class TokenConfiguration {

  private static final int PATIENCE_MS = 3_000;
  private static final int MOST_BYTES = 512 * 1024;

  /** Answers are data: nothing in them is to be run, and no page shows them in a frame. */
  private static final String NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'";

  @Bean
  SafeBinding safeBinding(TokenProperties properties, ServerProperties server) {
    return SafeBinding.require(properties.tls(), server.getAddress(), server.getSsl());
  }

  @Bean
  JwtDecoder tokenDecoder(TokenProperties properties, InstantSource clock) {
    String audience = properties.audience();
    if (properties.isLocal()) {
      LocalIssuer local = LocalIssuer.at(Path.of(properties.localIssuer()));
      return TokenDecoder.of(
          new ImmutableJWKSet<>(new JWKSet(local.publicKey())), LocalIssuer.NAME, audience, clock);
    }
    IssuerKeys keys =
        new IssuerKeys(
            properties.issuer(),
            properties.jwkSetUri().isBlank() ? null : URI.create(properties.jwkSetUri()),
            new DefaultResourceRetriever(PATIENCE_MS, PATIENCE_MS, MOST_BYTES));
    return TokenDecoder.of(keys, properties.issuer(), audience, clock);
  }

  @Bean
  ProblemAnswers problemAnswers(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
    return new ProblemAnswers(answers);
  }

  @Bean
  SecurityFilterChain api(
      HttpSecurity http, TokenProperties properties, ProblemAnswers answers, List<OpenPath> open) {
    CallerClaims claims =
        new CallerClaims(properties.isLocal() ? ClaimNames.OURS : properties.claims());
    return http.sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        // Who can send the header has the token already: there is no cookie that a page of others
        // could use.
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .cors(Customizer.withDefaults())
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
            tokens ->
                tokens
                    .authenticationEntryPoint(answers)
                    .accessDeniedHandler(answers)
                    .withObjectPostProcessor(answering(answers))
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(reading(claims))))
        .build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING_RUNS))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
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

  private static Converter<Jwt, AbstractAuthenticationToken> reading(CallerClaims claims) {
    return token -> {
      try {
        return new CallerAuthentication(claims.caller(token.getClaims()));
      } catch (IllegalArgumentException e) {
        throw new InvalidBearerTokenException(String.valueOf(e.getMessage()), e);
      }
    };
  }
}
