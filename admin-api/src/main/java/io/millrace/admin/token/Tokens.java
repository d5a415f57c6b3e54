package io.millrace.admin.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.millrace.admin.access.Caller;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.admin.token.TokenDecoder.Expected;
import io.millrace.admin.token.TokenProperties.ClaimNames;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The tokens of the one issuer that is believed. Safe for use by many threads. */
public final class Tokens {

  private static final int PATIENCE_MS = 3_000;
  private static final int MOST_BYTES = 512 * 1024;

  private final String issuer;
  private final Keys keys;
  private final CallerClaims claims;
  private final InstantSource clock;

  /**
   * The keys of the issuer.
   *
   * @param areKnown whether they have ever been had
   * @param answers whether the issuer answered when it was last asked for them
   * @param changes another number when they are others
   */
  private record Keys(
      JWKSource<SecurityContext> source,
      BooleanSupplier areKnown,
      BooleanSupplier answers,
      IntSupplier changes) {}

  private Tokens(String issuer, Keys keys, CallerClaims claims, InstantSource clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.claims = claims;
    this.clock = clock;
  }

  /** Of the local issuer, or of one somewhere else, which is asked when the first token comes. */
  static Tokens of(TokenProperties properties, InstantSource clock) {
    if (properties.isLocal()) {
      LocalIssuer local = LocalIssuer.at(Path.of(properties.localIssuer()));
      return new Tokens(
          LocalIssuer.NAME,
          new Keys(
              new ImmutableJWKSet<>(new JWKSet(local.publicKey())),
              () -> true,
              () -> true,
              () -> 0),
          new CallerClaims(ClaimNames.OURS),
          clock);
    }
    IssuerKeys keys =
        new IssuerKeys(
            properties.issuer(),
            properties.jwkSetUri().isBlank() ? null : URI.create(properties.jwkSetUri()),
            new DefaultResourceRetriever(PATIENCE_MS, PATIENCE_MS, MOST_BYTES));
    return new Tokens(
        properties.issuer(),
        new Keys(keys.kept(), keys::areKnown, keys::answers, keys::changes),
        new CallerClaims(properties.claims()),
        clock);
  }

  /** What checks tokens that are for {@code audience}. */
  public JwtDecoder forAudience(String audience) {
    return new RecentTokens(
        TokenDecoder.of(keys.source(), keys.areKnown(), new Expected(issuer, audience), clock),
        TokenDecoder.time(clock),
        keys.changes(),
        System::nanoTime);
  }

  /** Whether the issuer answered when it was last asked for its keys. */
  boolean issuerAnswers() {
    return keys.answers().getAsBoolean();
  }

  /**
   * Whose token it is that was found to be good.
   *
   * @throws IllegalArgumentException if its claims cannot be read
   */
  public Caller caller(Map<String, Object> found) {
    return claims.caller(found);
  }
}
