package io.millrace.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.core.secret.SecretBox;

/** Seals the keys of endpoints, each for its own row, and opens them. Thread-safe. */
public final class KeyRing {

  private static final String KIND = "webhook";

  private final SecretBox box;

  public KeyRing(SecretBox box) {
    this.box = box;
  }

  /** Whether there is a master key to seal with. */
  public boolean canSeal() {
    return box.canSeal();
  }

  /** Whether it was sealed under the master key of today, and not under a previous one. */
  public boolean isCurrent(EndpointKey key) {
    return box.isCurrent(key.sealed());
  }

  /**
   * A key as it may be stored with {@code endpoint}.
   *
   * @throws io.millrace.core.secret.SecretException if there is no master key
   */
  public EndpointKey seal(EndpointId endpoint, SigningKey key) {
    return new EndpointKey(
        key.id(),
        box.seal(key.text().getBytes(UTF_8), KIND, endpoint.tenant(), endpoint.id(), key.id()));
  }

  /**
   * A key as it was stored with {@code endpoint}.
   *
   * @throws io.millrace.core.secret.SecretException if its master key is not here, or it was
   *     changed
   */
  public SigningKey open(EndpointId endpoint, EndpointKey key) {
    byte[] text = box.open(key.sealed(), KIND, endpoint.tenant(), endpoint.id(), key.id());
    return SigningKey.parse(new String(text, UTF_8));
  }
}
