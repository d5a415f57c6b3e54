package io.millrace.admin.token;

import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.core.InvalidSettingException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens are accepted, and how they are read.
 *
 * @param issuer the OpenID Connect provider, as its tokens name it; its keys are found by discovery
 * @param jwkSetUri where its keys are, if it has no discovery or is not to be asked: an address, or
 *     a file such as {@code file:/etc/millrace/keys.json}
 * @param audience whom tokens have to be for
 * @param localIssuer a file with a key of our own, which is made if it is not there; it counts only
 *     without an issuer
 * @param claims what the claims are called
 * @param tls who sees to it that nobody reads tokens on their way
 */
@ConfigurationProperties("millrace.security")
public record TokenProperties(
    @DefaultValue("") String issuer,
    @DefaultValue("") String jwkSetUri,
    @DefaultValue("millrace") String audience,
    @DefaultValue("") String localIssuer,
    @DefaultValue ClaimNames claims,
    @DefaultValue("OWN") Tls tls) {

  /**
   * What the claims are called. A dot leads into an object: {@code realm_access.roles}.
   *
   * @param roles what the caller is here for
   * @param tenants whose jobs the caller may see and change; {@code *} for everybody's
   * @param types of which types; without the claim, of all
   */
  public record ClaimNames(
      @DefaultValue("roles") String roles,
      @DefaultValue("tenants") String tenants,
      @DefaultValue("types") String types) {

    /** As the local issuer has them. */
    static final ClaimNames OURS = new ClaimNames("roles", "tenants", "types");
  }

  /** Who encrypts. */
  public enum Tls {
    /** This process, by {@code server.ssl}; unless it is reached on the loopback address only. */
    OWN,
    /** Something in front of it. */
    PROXY
  }

  /**
   * @throws InvalidSettingException if nobody is named, or by an address that anybody can answer
   *     for
   */
  public TokenProperties {
    if (issuer.isBlank() && localIssuer.isBlank()) {
      throw new InvalidSettingException(
          "the API does not know whose tokens to accept",
          "Set MILLRACE_SECURITY_ISSUER to the address of the OpenID Connect provider, or MILLRACE_SECURITY_LOCALISSUER to a file for a key of its own");
    }
    if (audience.isBlank()) {
      throw new InvalidSettingException(
          "millrace.security.audience is empty, and tokens for others would be accepted",
          "Set MILLRACE_SECURITY_AUDIENCE to what the issuer calls this API");
    }
    objection(issuer, false).ifPresent(why -> refuse("millrace.security.issuer", why));
    objection(jwkSetUri, true).ifPresent(why -> refuse("millrace.security.jwk-set-uri", why));
  }

  /** Whether tokens are minted by whoever can read a key on this machine. */
  public boolean isLocal() {
    return issuer.isBlank();
  }

  /** Whom tokens have to be for: those of our own issuer are for us. */
  String audienceOfTokens() {
    return isLocal() ? LocalIssuer.AUDIENCE : audience;
  }

  /** What speaks against believing who answers there; nothing, if nobody is asked. */
  static Optional<String> objection(String address, boolean mayBeFile) {
    if (address.isBlank()) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException _) {
      return Optional.of("is no address");
    }
    String scheme = String.valueOf(uri.getScheme());
    boolean isSafe =
        switch (scheme) {
          case "https" -> uri.getHost() != null;
          case "http" -> isLoopback(uri.getHost());
          case "file" -> mayBeFile;
          default -> false;
        };
    return isSafe
        ? Optional.empty()
        : Optional.of(
            "has to begin with https: otherwise whoever is on the way could answer in its place");
  }

  private static void refuse(String key, String why) {
    throw new InvalidSettingException(
        key + " " + why, "Set it to the address of the OpenID Connect provider");
  }

  /** Without looking up a name: only the usual ones of this machine itself. */
  static boolean isLoopback(@Nullable String host) {
    if (host == null) {
      return false;
    }
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return host.matches("[0-9.]+|\\[[0-9a-fA-F:]+]")
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
