package io.millrace.admin.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class RecentTokensTest {

  private static final Instant BEGINNING = Instant.parse("2026-03-31T20:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger keys = new AtomicInteger();
  private final AtomicInteger looks = new AtomicInteger();
  private final RecentTokens tokens =
      new RecentTokens(this::look, TokenDecoder.time(this::now), keys::get, nanos::get);

  private Instant now() {
    return BEGINNING.plusNanos(nanos.get());
  }

  private Jwt look(String token) {
    looks.incrementAndGet();
    if (token.startsWith("bad")) {
      throw new BadJwtException("it is bad");
    }
    Instant end = BEGINNING.plusSeconds(token.startsWith("short") ? 20 : 3_600);
    if (now().isAfter(end.plusSeconds(30))) {
      throw new BadJwtException("it has expired");
    }
    return Jwt.withTokenValue(token).header("alg", "ES256").subject(token).expiresAt(end).build();
  }

  @Test
  void looksAtATokenOnceAMinute() {
    for (int second = 0; second < 120; second++) {
      assertThat(tokens.decode("long").getSubject()).isEqualTo("long");
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(looks).hasValue(2);
  }

  @Test
  void doesNotBelieveInATokenThatHasExpiredMeanwhile() {
    tokens.decode("short");
    nanos.addAndGet(Duration.ofSeconds(51).toNanos());

    assertThatThrownBy(() -> tokens.decode("short")).hasMessage("it has expired");
  }

  @Test
  void looksAgainWhenTheIssuerHasOtherKeys() {
    tokens.decode("long");
    keys.incrementAndGet();

    tokens.decode("long");

    assertThat(looks).hasValue(2);
  }

  @Test
  void looksAtABadTokenEachTime() {
    assertThatThrownBy(() -> tokens.decode("bad")).hasMessage("it is bad");
    assertThatThrownBy(() -> tokens.decode("bad")).hasMessage("it is bad");

    assertThat(looks).hasValue(2);
  }

  @Test
  void takesNoTokenForAnother() {
    tokens.decode("long");

    assertThat(tokens.decode("long ").getSubject()).isEqualTo("long ");
  }

  @Test
  void keepsNoMoreThanSoMany() {
    tokens.decode("long");
    for (int other = 0; other < RecentTokens.MOST; other++) {
      tokens.decode("other " + other);
    }
    looks.set(0);

    tokens.decode("long");

    assertThat(looks).hasValue(1);
  }
}
