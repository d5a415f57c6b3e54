package io.millrace.admin.dashboard;

import io.millrace.core.InvalidSettingException;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The dashboard that the API shows, and how people log in to it.
 *
 * @param url of a scheduler's dashboard, such as {@code http://127.0.0.1:8083}; empty for none
 * @param user whom that dashboard knows
 * @param password of the user
 * @param clientId as which the API is known to the OpenID Connect provider; not asked for with a
 *     local issuer, where people log in by a link
 * @param clientSecret of that client
 */
@ConfigurationProperties("millrace.api.dashboard")
public record DashboardProxyProperties(
    @DefaultValue("") String url,
    @DefaultValue("millrace") String user,
    @DefaultValue("") String password,
    @DefaultValue("millrace-dashboard") String clientId,
    @DefaultValue("") String clientSecret) {

  public DashboardProxyProperties {
    if (!url.isBlank() && !url.matches("https?://[^/?#\\s]+")) {
      throw new InvalidSettingException(
          "millrace.api.dashboard.url is no address of a server",
          "Write it as http://127.0.0.1:8083, without a path");
    }
  }

  URI base() {
    return URI.create(url);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "DashboardProxyProperties[url=%s]".formatted(url);
  }
}
