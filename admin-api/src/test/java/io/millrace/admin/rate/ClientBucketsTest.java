package io.millrace.admin.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientBucketsTest {

  private long now;

  private final ClientBuckets buckets =
      new ClientBuckets(
          10,
          Duration.ofSeconds(10),
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return now;
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  @Test
  void givesEachClientABurstAndThenAnEvenRate() {
    for (int i = 0; i < 10; i++) {
      assertThat(buckets.of("alice").tryConsume(1)).isTrue();
    }
    assertThat(buckets.of("alice").tryConsume(1)).isFalse();
    assertThat(buckets.of("bob").tryConsume(1)).isTrue();

    now += Duration.ofSeconds(1).toNanos();

    assertThat(buckets.of("alice").tryConsume(1)).isTrue();
    assertThat(buckets.of("alice").tryConsume(1)).isFalse();
  }

  @Test
  void forgetsWhoHasNotAskedForLongest() {
    buckets.of("first").tryConsume(10);

    for (int i = 0; i < 10_000; i++) {
      buckets.of("client-" + i).tryConsume(1);
    }

    assertThat(buckets.of("first").getAvailableTokens()).isEqualTo(10);
    assertThat(buckets.of("client-9999").getAvailableTokens()).isEqualTo(9);
  }

  @Test
  void takesANetworkForOneClientWhereAnybodyHasMany() {
    assertThat(Addresses.client("2001:db8:1:2::1"))
        .isEqualTo(Addresses.client("2001:db8:1:2:9::9"));
    assertThat(Addresses.client("2001:db8:1:2::1"))
        .isNotEqualTo(Addresses.client("2001:db8:1:3::1"));
    assertThat(Addresses.client("10.0.0.1")).isNotEqualTo(Addresses.client("10.0.0.2"));
    assertThat(Addresses.client("unknown")).isEqualTo("unknown");
  }

  @Test
  void hasBounds() {
    assertThat(new RateProperties(0, 0, Duration.ofMinutes(1)).requests()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateProperties(-1, 0, Duration.ofMinutes(1)))
        .withMessageContaining("millrace.api.rate-limit.requests is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RateProperties(1, 0, Duration.ofMillis(1)))
        .withMessageContaining("millrace.api.rate-limit.window");
  }
}
