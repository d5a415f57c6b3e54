package io.millrace.core.webhook;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that both sides have: HMAC-SHA256, version {@code v1}. */
final class HmacKey implements SigningKey {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST = 24;
  private static final int MOST = 64;

  private final byte[] secret;
  private final SecretKeySpec key;

  HmacKey(byte[] secret) {
    if (secret.length < LEAST || secret.length > MOST) {
      throw new IllegalArgumentException(
          "a key of whsec_ has %d to %d bytes, and not %d".formatted(LEAST, MOST, secret.length));
    }
    this.secret = secret;
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  @Override
  public String sign(byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  @Override
  public String text() {
    return SYMMETRIC + Base64.getEncoder().encodeToString(secret);
  }

  @Override
  public String id() {
    return SigningKey.idOf(secret);
  }

  @Override
  public String toString() {
    return "whsec " + id();
  }
}
