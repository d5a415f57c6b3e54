package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A hash of type and payload: the first 16 bytes of SHA-256 over the type's name, a zero byte and
 * the payload. A second message with the same id is a repeat if its fingerprint is the same, and a
 * mistake of its publisher if not.
 */
public final class Fingerprint {

  private Fingerprint() {}

  /** The fingerprint of {@code payload} as the input of {@code type}. */
  public static UUID of(JobType type, byte[] payload) {
    ByteBuffer hash = PairHash.of(type.name().getBytes(UTF_8), payload);
    return new UUID(hash.getLong(), hash.getLong());
  }
}
