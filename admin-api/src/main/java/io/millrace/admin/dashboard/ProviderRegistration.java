package io.millrace.admin.dashboard;

import io.millrace.admin.token.TokenProperties;
import io.millrace.core.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/**
 * The API as a client of the OpenID Connect provider, which is asked how it wants to be talked to
 * when the first person logs in: the API starts without it.
 */
final class ProviderRegistration implements ClientRegistrationRepository {

  /** Part of the addresses that the provider sends people back to. */
  static final String ID = "millrace";

  private final TokenProperties tokens;
  private final DashboardProxyProperties dashboard;
  private volatile @Nullable ClientRegistration known;

  /**
   * @throws InvalidSettingException if nobody could tell what somebody logs in with from a token of
   *     the API
   */
  ProviderRegistration(TokenProperties tokens, DashboardProxyProperties dashboard) {
    if (dashboard.clientId().equals(tokens.audience())) {
      throw new InvalidSettingException(
          "millrace.api.dashboard.client-id is millrace.security.audience as well, and what people log in with would be a token of the API",
          "Let the provider know the dashboard as a client of another name");
    }
    this.tokens = tokens;
    this.dashboard = dashboard;
  }

  /**
   * @throws io.millrace.admin.problem.ApiProblem if the provider does not answer
   */
  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    if (!id.equals(ID)) {
      return null;
    }
    ClientRegistration registration = known;
    if (registration == null) {
      registration = discovered();
      known = registration;
    }
    return registration;
  }

  private ClientRegistration discovered() {
    try {
      return ClientRegistrations.fromIssuerLocation(tokens.issuer())
          .registrationId(ID)
          .clientId(dashboard.clientId())
          .clientSecret(dashboard.clientSecret())
          .scope(OidcScopes.OPENID)
          .build();
    } catch (RuntimeException e) {
      throw DashboardRefusals.issuerAway(e);
    }
  }
}
