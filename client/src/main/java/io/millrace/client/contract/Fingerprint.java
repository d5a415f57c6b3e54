package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A hash of type and payload: the first 16 bytes of SHA-256 over the type's name, a zero byte and
 * the payload. A second message with the same id is a repeat if its fingerprint is the same, and a
 * mistake of its publisher if not.
 */
public final class Fingerprint {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Fingerprint::sha256);

  private Fingerprint() {}

  /** The fingerprint of {@code payload} as the input of {@code type}. */
  public static UUID of(JobType type, byte[] payload) {
    MessageDigest digest = SHA_256.get();
    digest.update(type.name().getBytes(UTF_8));
    digest.update((byte) 0);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(payload));
    return new UUID(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
