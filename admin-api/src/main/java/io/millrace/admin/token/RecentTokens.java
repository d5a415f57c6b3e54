package io.millrace.admin.token;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Believes for a minute in a token that was found to be good, as long as its issuer has the same
 * keys: to check a signature is most of the work of a simple request, and who asks once asks again.
 * Whether it has expired is checked each time. What is not good is not kept. Safe for use by many
 * threads.
 */
final class RecentTokens implements JwtDecoder {

  static final Duration BELIEVED = Duration.ofMinutes(1);

  /** Some kilobytes each. */
  static final int MOST = 1_000;

  private final JwtDecoder decoder;
  private final OAuth2TokenValidator<Jwt> time;
  private final IntSupplier keys;
  private final LongSupplier nanoTime;
  private final Map<String, Found> found = // guarded by itself
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
          return size() > MOST;
        }
      };

  private record Found(Jwt token, long at, int keys) {}

  /**
   * @param decoder tells good tokens from others
   * @param time what can change of a token that was good
   * @param keys a number that is another one when the issuer has other keys
   */
  RecentTokens(
      JwtDecoder decoder, OAuth2TokenValidator<Jwt> time, IntSupplier keys, LongSupplier nanoTime) {
    this.decoder = decoder;
    this.time = time;
    this.keys = keys;
    this.nanoTime = nanoTime;
  }

  @Override
  public Jwt decode(String token) {
    Jwt known = recent(token);
    if (known != null && !time.validate(known).hasErrors()) {
      return known;
    }
    int by = keys.getAsInt(); // before it is looked at: the keys may change meanwhile
    Jwt decoded = decoder.decode(token);
    synchronized (found) {
      found.put(token, new Found(decoded, nanoTime.getAsLong(), by));
    }
    return decoded;
  }

  private @Nullable Jwt recent(String token) {
    synchronized (found) {
      Found known = found.get(token);
      return known != null
              && known.keys() == keys.getAsInt()
              && nanoTime.getAsLong() - known.at() < BELIEVED.toNanos()
          ? known.token()
          : null;
    }
  }
}
