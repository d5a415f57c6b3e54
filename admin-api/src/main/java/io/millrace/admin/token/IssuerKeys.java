package io.millrace.admin.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys of an issuer, from where its discovery document says, or from where we were told. Asks
 * each time: whoever uses this keeps the answer. OpenID Connect Discovery 1.0, section 4.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(5);
  private static final Duration OUTAGE = Duration.ofHours(4);

  private final String issuer;
  private final ResourceRetriever retriever;
  private volatile @Nullable URI place;
  private @Nullable JWKSet last; // guarded by this
  private volatile int changes; // written under this
  private volatile boolean answers = true;

  /**
   * @param place where the keys are; null to ask the issuer
   */
  IssuerKeys(String issuer, @Nullable URI place, ResourceRetriever retriever) {
    this.issuer = issuer;
    this.place = place;
    this.retriever = retriever;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      JWKSet keys = fetch(evaluator, now, context);
      noteChange(keys);
      answers = true;
      return keys;
    } catch (KeySourceException e) {
      answers = false;
      throw e;
    }
  }

  private JWKSet fetch(
      JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
      throws KeySourceException {
    URI from = place;
    if (from == null) {
      from = discover();
      place = from;
    }
    try {
      return new URLBasedJWKSetSource<>(from.toURL(), retriever).getJWKSet(evaluator, now, context);
    } catch (IOException | IllegalArgumentException e) {
      throw new JWKSetUnavailableException("no keys at " + from, e);
    }
  }

  /**
   * The same, kept for a while. An unknown key may be a new one, so the issuer is asked again, but
   * not by each bad token; and while it is away its keys are believed in.
   */
  JWKSource<SecurityContext> kept() {
    return JWKSourceBuilder.<SecurityContext>create(this)
        .rateLimited(ASKED_AGAIN_AFTER.toMillis())
        .refreshAheadCache(false)
        .outageTolerant(OUTAGE.toMillis())
        .build();
  }

  private synchronized void noteChange(JWKSet keys) {
    if (!keys.equals(last)) {
      last = keys;
      changes++;
    }
  }

  /** Whether there has ever been an answer. */
  boolean areKnown() {
    return changes > 0;
  }

  /** How often the issuer has answered with other keys than before. */
  int changes() {
    return changes;
  }

  /** Whether it answered when it was asked last; true as long as it was not. */
  boolean answers() {
    return answers;
  }

  private URI discover() throws KeySourceException {
    String document = issuer.replaceFirst("/$", "") + DISCOVERY;
    try {
      URL url = URI.create(document).toURL();
      JsonNode found = JsonMapper.shared().readTree(retriever.retrieveResource(url).getContent());
      String said = found.path("issuer").asString("");
      if (!said.equals(issuer)) {
        throw new JWKSetUnavailableException(
            "%s speaks for another issuer, '%s'".formatted(document, said));
      }
      String keys = found.path("jwks_uri").asString("");
      if (keys.isEmpty() || TokenProperties.objection(keys, false).isPresent()) {
        throw new JWKSetUnavailableException(
            "%s names keys that nobody vouches for, at '%s'".formatted(document, keys));
      }
      return URI.create(keys);
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw new JWKSetUnavailableException("no answer from " + document, e);
    }
  }

  @Override
  public void close() {}
}
