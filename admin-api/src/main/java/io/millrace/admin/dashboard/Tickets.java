package io.millrace.admin.dashboard;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** The links that people log in with, where there is no provider: each is good once. */
final class Tickets {

  /** As many seconds are clocks allowed to differ by, and so is a ticket remembered for longer. */
  private static final int SKEW_SECONDS = 60;

  private final JwtDecoder decoder;
  private final InstantSource clock;

  /** Until when those that were taken would be good. */
  private final Map<String, Instant> taken = new ConcurrentHashMap<>();

  Tickets(JwtDecoder decoder, InstantSource clock) {
    this.decoder = decoder;
    this.clock = clock;
  }

  /**
   * Takes a ticket.
   *
   * @throws org.springframework.security.oauth2.jwt.JwtException if it is none, or was taken before
   */
  Jwt take(String ticket) {
    Jwt good = decoder.decode(ticket);
    Instant end = good.getExpiresAt();
    String id = good.getId();
    Instant now = clock.instant();
    taken.values().removeIf(until -> until.isBefore(now));
    if (id == null || end == null || taken.putIfAbsent(id, end.plusSeconds(SKEW_SECONDS)) != null) {
      throw new BadJwtException("this link was used before");
    }
    return good;
  }
}
