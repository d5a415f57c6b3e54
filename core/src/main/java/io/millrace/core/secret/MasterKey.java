package io.millrace.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key of AES-256, known to the outside by its fingerprint. Immutable. */
final class MasterKey {

  private static final int BYTES = 32;
  private static final int BYTES_OF_THE_FINGERPRINT = 8;

  private final SecretKeySpec key;
  private final String fingerprint;

  private MasterKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "AES");
    this.fingerprint = fingerprint(bytes);
  }

  /**
   * @param setting where it comes from, for the message
   * @param base64 32 bytes
   * @throws IllegalArgumentException if it is anything else; the message does not repeat it
   */
  static MasterKey parse(String setting, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException _) {
      bytes = new byte[0];
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          setting
              + " must be 32 bytes in base64, such as the command 'openssl rand -base64 32' prints");
    }
    return new MasterKey(bytes);
  }

  SecretKeySpec key() {
    return key;
  }

  /** Tells keys apart and says nothing else about them. */
  String fingerprint() {
    return fingerprint;
  }

  /** The HMAC of data, under a key that is this key's HMAC of the purpose. */
  byte[] authenticate(String purpose, byte[] data) {
    return hmac(hmac(key.getEncoded(), purpose.getBytes(UTF_8)), data);
  }

  private static String fingerprint(byte[] bytes) {
    byte[] hash = hmac(bytes, "the fingerprint of a master key of Millrace".getBytes(UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES_OF_THE_FINGERPRINT));
  }

  private static byte[] hmac(byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return fingerprint;
  }
}
