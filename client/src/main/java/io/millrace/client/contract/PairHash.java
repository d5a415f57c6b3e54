package io.millrace.client.contract;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over two values with a zero byte between them, which the first one may not contain. */
final class PairHash {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(PairHash::sha256);

  private PairHash() {}

  /** The 32 bytes of the hash, to be read from their start. */
  static ByteBuffer of(byte[] first, byte[] second) {
    MessageDigest digest = SHA_256.get();
    digest.update(first);
    digest.update((byte) 0);
    return ByteBuffer.wrap(digest.digest(second));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
