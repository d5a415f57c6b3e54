package io.millrace.core.webhook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What webhooks are signed with, as Standard Webhooks 1.0 has it ("Signature scheme"). Immutable
 * and thread-safe. Its text is secret, its id is not.
 */
public sealed interface SigningKey permits HmacKey, Ed25519Key {

  /** Begins the text of a secret that both sides have. */
  String SYMMETRIC = "whsec_";

  /** Begins the text of a private key. */
  String PRIVATE = "whsk_";

  /**
   * Reads a key.
   *
   * @param text {@code whsec_} and 24 to 64 bytes in base64, or {@code whsk_} and an Ed25519 key:
   *     its 32 bytes, or these and the 32 of its public key
   * @throws IllegalArgumentException if it is none; the message does not repeat it
   */
  static SigningKey parse(String text) {
    String key = text.strip();
    if (key.startsWith(SYMMETRIC)) {
      return new HmacKey(decoded(key, SYMMETRIC));
    }
    if (key.startsWith(PRIVATE)) {
      return new Ed25519Key(decoded(key, PRIVATE));
    }
    throw new IllegalArgumentException(
        "a key begins with whsec_ (a shared secret) or whsk_ (a private key of Ed25519)");
  }

  /** What is sent: the version of the scheme, a comma, and the signature of {@code content}. */
  String sign(byte[] content);

  /** As it was given; secret. */
  String text();

  /** Tells it from others and says nothing else about it: the first digits of its SHA-256. */
  String id();

  private static byte[] decoded(String key, String prefix) {
    try {
      return Base64.getDecoder().decode(key.substring(prefix.length()));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("after " + prefix + " a key is in base64 (RFC 4648)");
    }
  }

  /** The id of a key of these bytes. */
  static String idOf(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(Arrays.copyOf(hash, 6));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
