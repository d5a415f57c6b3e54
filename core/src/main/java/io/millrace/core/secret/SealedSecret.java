package io.millrace.core.secret;

import java.util.Arrays;

/**
 * A secret as it may be stored.
 *
 * @param keyId the fingerprint of the master key that opens it
 * @param bytes the nonce, then what is encrypted, with its tag; not copied
 */
public record SealedSecret(String keyId, byte[] bytes) {

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedSecret that
        && keyId.equals(that.keyId)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "sealed by " + keyId;
  }
}
