package io.millrace.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

  private static final String OLD = key(1);
  private static final String NEW = key(2);
  private static final byte[] SECRET = "whsec_very secret".getBytes(UTF_8);

  @Test
  void opensWhatItHasSealed() {
    SecretBox box = box(OLD);

    SealedSecret sealed = box.seal(SECRET, "acme", "orders");

    assertThat(box.open(sealed, "acme", "orders")).isEqualTo(SECRET);
    assertThat(box.isCurrent(sealed)).isTrue();
    assertThat(new String(sealed.bytes(), UTF_8)).doesNotContain("secret");
  }

  @Test
  void sealsTheSameInAnotherWayEachTime() {
    SecretBox box = box(OLD);

    assertThat(box.seal(SECRET, "acme")).isNotEqualTo(box.seal(SECRET, "acme"));
  }

  @Test
  void opensNothingThatWasChanged() {
    SecretBox box = box(OLD);
    SealedSecret sealed = box.seal(SECRET, "acme");

    for (int i = 0; i < sealed.bytes().length; i++) {
      byte[] changed = sealed.bytes().clone();
      changed[i] ^= 1;
      assertRefused(box, new SealedSecret(sealed.keyId(), changed), "acme");
    }
    assertRefused(box, new SealedSecret(sealed.keyId(), new byte[5]), "acme");
  }

  @Test
  void opensNothingOfAnotherRow() {
    SecretBox box = box(OLD);
    SealedSecret sealed = box.seal(SECRET, "acme", "orders");

    assertRefused(box, sealed, "acme", "invoices");
    assertRefused(box, sealed, "acmeo", "rders");
    assertRefused(box, sealed, "acme");
  }

  @Test
  void opensWithAPreviousKeyAndSealsWithTheCurrentOne() {
    SealedSecret before = box(OLD).seal(SECRET, "acme");
    SecretBox rotated = box(NEW, OLD);

    SealedSecret after = rotated.seal(SECRET, "acme");

    assertThat(rotated.open(before, "acme")).isEqualTo(SECRET);
    assertThat(rotated.isCurrent(before)).isFalse();
    assertThat(rotated.isCurrent(after)).isTrue();
    assertThat(box(NEW).open(after, "acme")).isEqualTo(SECRET);
  }

  @Test
  void saysWhichKeyIsMissing() {
    SealedSecret sealed = box(OLD).seal(SECRET, "acme");

    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> box(NEW).open(sealed, "acme"))
        .withMessageContaining(sealed.keyId())
        .withMessageContaining("millrace.secrets.key");
  }

  @Test
  void opensNothingWithAnotherKeyThatClaimsToBeTheOne() {
    SealedSecret sealed = box(OLD).seal(SECRET, "acme");
    String fingerprint = box(NEW).seal(SECRET, "acme").keyId();

    assertRefused(box(NEW), new SealedSecret(fingerprint, sealed.bytes()), "acme");
  }

  @Test
  void doesNotSealWithoutAKey() {
    SecretBox box = box("", OLD);

    assertThat(box.canSeal()).isFalse();
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> box.seal(SECRET, "acme"))
        .withMessageContaining("millrace.secrets.key");
    assertThat(box.open(box(OLD).seal(SECRET, "acme"), "acme")).isEqualTo(SECRET);
  }

  @Test
  void refusesKeysThatAreNoneWithoutRepeatingThem() {
    for (String wrong : List.of("c2hvcnQ=", "not base64!", key(3) + "AAAA")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SecretProperties(wrong, List.of()))
          .withMessageContaining("millrace.secrets.key")
          .withMessageNotContaining(wrong);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SecretProperties("", List.of(wrong)))
          .withMessageContaining("millrace.secrets.previous-keys")
          .withMessageNotContaining(wrong);
    }
    assertThat(new SecretProperties(OLD, List.of(NEW)).toString()).doesNotContain(OLD, NEW);
  }

  private static void assertRefused(SecretBox box, SealedSecret sealed, String... place) {
    assertThatExceptionOfType(SecretException.class)
        .isThrownBy(() -> box.open(sealed, place))
        .withMessageNotContaining(new String(SECRET, UTF_8));
  }

  private static SecretBox box(String key, String... previous) {
    return new SecretProperties(key, List.of(previous)).box();
  }

  private static String key(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return Base64.getEncoder().encodeToString(bytes);
  }
}
