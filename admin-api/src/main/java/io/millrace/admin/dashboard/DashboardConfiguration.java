package io.millrace.admin.dashboard;

import io.millrace.admin.access.CallerAuthentication;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.admin.token.SafeBinding;
import io.millrace.admin.token.TokenProperties;
import io.millrace.admin.token.Tokens;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.servlet.CookieSameSiteSupplier;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The dashboard and the login to it, where {@code millrace.api.dashboard.url} names one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${millrace.api.dashboard.url:}'.isBlank()")
@EnableConfigurationProperties(DashboardProxyProperties.class)
public class DashboardConfiguration {

  private static final String COOKIE = "MILLRACE_SESSION";
  private static final String PROVIDER_LOGIN = "/oauth2/authorization/" + ProviderRegistration.ID;
  private static final String NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'";

  private static final String[] PATHS = {
    "/dashboard", "/dashboard/**", "/api/**", "/sse/**", "/oauth2/**", "/login/**", "/logout"
  };

  @Bean
  DashboardProxy dashboardProxy(DashboardProxyProperties properties) {
    return new DashboardProxy(properties);
  }

  @Bean
  DashboardController dashboardController(
      DashboardProxy proxy, AuditTrail audit, TransactionOperations transaction) {
    return new DashboardController(proxy, audit, transaction);
  }

  /** A session is known by a cookie alone, which no script reads and no page of others can use. */
  @Bean
  ServletContextInitializer dashboardCookie(SafeBinding binding) {
    return context -> {
      context.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
      context.getSessionCookieConfig().setName(COOKIE);
      context.getSessionCookieConfig().setHttpOnly(true);
      context.getSessionCookieConfig().setSecure(binding != SafeBinding.LOOPBACK);
    };
  }

  /** Lax: with Strict whoever comes back from the provider would come without it. */
  @Bean
  CookieSameSiteSupplier dashboardCookieStays() {
    return CookieSameSiteSupplier.ofLax().whenHasName(COOKIE);
  }

  @Bean
  @Order(1)
  SecurityFilterChain dashboardSecurity(
      HttpSecurity http,
      TokenProperties properties,
      DashboardProxyProperties dashboard,
      Login login,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
    DashboardRefusals refusals =
        new DashboardRefusals(answers, properties.isLocal() ? null : PROVIDER_LOGIN);
    http.securityMatcher(PATHS)
        // JobRunr's pages know no tokens; OwnPages does what these would.
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(NOTHING_RUNS))
                    .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .logout(logout -> logout.logoutSuccessUrl("/dashboard"))
        .addFilterBefore(login.sessions(), SecurityContextHolderFilter.class)
        .addFilterBefore(new OwnPages(refusals), LogoutFilter.class);
    if (properties.isLocal()) {
      http.addFilterBefore(login.byTicket(refusals), AuthorizationFilter.class);
    } else {
      http.oauth2Login(
          provider ->
              provider
                  .clientRegistrationRepository(new ProviderRegistration(properties, dashboard))
                  .loginPage(PROVIDER_LOGIN)
                  .successHandler(login.byProvider(refusals))
                  .failureHandler(refusals)
                  .withObjectPostProcessor(answering(refusals)));
    }
    return http.build();
  }

  /** By default the filter would say that something is wrong here when the provider is away. */
  private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> answering(
      DashboardRefusals refusals) {
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
        filter.setAuthenticationFailureHandler(refusals);
        return filter;
      }
    };
  }

  @Bean
  Login dashboardLogin(Tokens tokens, InstantSource clock) {
    return new Login(tokens, new Sessions(clock), clock);
  }

  /** ID tokens are checked as other tokens are, but have to be for us as a client. */
  @Bean
  JwtDecoderFactory<ClientRegistration> dashboardIdTokens(
      Tokens tokens, DashboardProxyProperties dashboard) {
    return _ -> tokens.forAudience(dashboard.clientId());
  }

  /** How people log in. */
  record Login(Tokens tokens, Sessions sessions, InstantSource clock) {

    TicketLogin byTicket(DashboardRefusals refusals) {
      Tickets tickets = new Tickets(tokens.forAudience(LocalIssuer.TICKETS), clock);
      return new TicketLogin(tickets, tokens, sessions, refusals);
    }

    AuthenticationSuccessHandler byProvider(DashboardRefusals refusals) {
      return (request, response, authentication) -> {
        if (!(authentication.getPrincipal() instanceof OidcUser user)) {
          throw new IllegalStateException("the provider says nothing of who has logged in");
        }
        try {
          sessions.begin(
              new CallerAuthentication(tokens.caller(user.getClaims())), request, response);
        } catch (IllegalArgumentException e) {
          sessions.end(request);
          refusals.answer(request, response, refusals.unreadable(e));
        }
      };
    }
  }
}
