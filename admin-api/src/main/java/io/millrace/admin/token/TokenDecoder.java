package io.millrace.admin.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
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

  private final NimbusJwtDecoder decoder;
  private final BooleanSupplier keysAreKnown;

  private TokenDecoder(NimbusJwtDecoder decoder, BooleanSupplier keysAreKnown) {
    this.decoder = decoder;
    this.keysAreKnown = keysAreKnown;
  }

  /**
   * @param keys of the issuer
   * @param keysAreKnown whether the issuer has ever told its keys
   */
  static TokenDecoder of(
      JWKSource<SecurityContext> keys,
      BooleanSupplier keysAreKnown,
      Expected expected,
      InstantSource clock) {
    return new TokenDecoder(decoder(keys, expected, clock), keysAreKnown);
  }

  /** What a token has to say of itself. */
  record Expected(String issuer, String audience) {}

  private static NimbusJwtDecoder decoder(
      JWKSource<SecurityContext> keys, Expected expected, InstantSource clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    // What follows is checked below, with words for people.
    processor.setJWSTypeVerifier((_, _) -> {});
    processor.setJWTClaimsSetVerifier((_, _) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    // An issuer is a text: to make an address of each, the whole class path would be searched for
    // what knows such addresses.
    decoder.setClaimSetConverter(
        MappedJwtClaimSetConverter.withDefaults(Map.of(JwtClaimNames.ISS, issuer -> issuer)));
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            type(),
            time(clock),
            new JwtIssuerValidator(expected.issuer()),
            new JwtAudienceValidator(expected.audience())));
    return decoder;
  }

  /** RFC 9068, section 2.1, and the older custom. */
  private static JwtTypeValidator type() {
    JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
    type.setAllowEmpty(true);
    return type;
  }

  /** That it has begun, and has not yet expired. */
  static JwtTimestampValidator time(InstantSource clock) {
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
