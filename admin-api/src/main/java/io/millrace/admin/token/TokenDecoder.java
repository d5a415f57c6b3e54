package io.millrace.admin.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Tells good tokens from others: signed by a key of the issuer, by it, for us, and not yet expired.
 * Only algorithms with two keys count: with one key, whoever can check a token could make one.
 */
final class TokenDecoder implements JwtDecoder {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** How far the issuer's clock and ours may be apart. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** How long keys are believed in while nobody answers. */
  private static final Duration OUTAGE = Duration.ofHours(4);

  private final NimbusJwtDecoder decoder;
  private final BooleanSupplier keysAreKnown;

  private TokenDecoder(NimbusJwtDecoder decoder, BooleanSupplier keysAreKnown) {
    this.decoder = decoder;
    this.keysAreKnown = keysAreKnown;
  }

  /** Of an issuer somewhere else. It is asked when the first token comes, and not before. */
  static TokenDecoder of(IssuerKeys keys, String issuer, String audience, InstantSource clock) {
    // An unknown key may be a new one, so the issuer is asked again, but not by each bad token.
    JWKSource<SecurityContext> kept =
        JWKSourceBuilder.<SecurityContext>create(keys)
            .rateLimited(true)
            .outageTolerant(OUTAGE.toMillis())
            .build();
    return new TokenDecoder(decoder(kept, issuer, audience, clock), keys::areKnown);
  }

  /** Of an issuer whose keys are at hand. */
  static TokenDecoder of(
      JWKSource<SecurityContext> keys, String issuer, String audience, InstantSource clock) {
    return new TokenDecoder(decoder(keys, issuer, audience, clock), () -> true);
  }

  private static NimbusJwtDecoder decoder(
      JWKSource<SecurityContext> keys, String issuer, String audience, InstantSource clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    // What follows is checked below, with words for people.
    processor.setJWSTypeVerifier((_, _) -> {});
    processor.setJWTClaimsSetVerifier((_, _) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            type(),
            time(clock),
            new JwtIssuerValidator(issuer),
            new JwtAudienceValidator(audience)));
    return decoder;
  }

  /** RFC 9068, section 2.1, and the older custom. */
  private static JwtTypeValidator type() {
    JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
    type.setAllowEmpty(true);
    return type;
  }

  private static JwtTimestampValidator time(InstantSource clock) {
    JwtTimestampValidator time = new JwtTimestampValidator(SKEW);
    time.setAllowEmptyExpiryClaim(false);
    time.setClock(clock.withZone(ZoneOffset.UTC));
    return time;
  }

  /**
   * @throws BadJwtException if it is not good, whoever is asked
   * @throws IssuerAwayException if nobody can say so now
   */
  @Override
  public Jwt decode(String token) {
    try {
      return decoder.decode(token);
    } catch (BadJwtException e) {
      throw e;
    } catch (JwtException e) {
      if (e.getCause() instanceof RateLimitReachedException && keysAreKnown.getAsBoolean()) {
        throw new BadJwtException("it is signed by none of the issuer's keys", e);
      }
      throw new IssuerAwayException(e);
    }
  }
}
