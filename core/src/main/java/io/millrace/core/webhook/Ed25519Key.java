package io.millrace.core.webhook;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A private key, whose public one the other side has: Ed25519 (RFC 8032), version {@code v1a}. */
final class Ed25519Key implements SigningKey {

  private static final String ALGORITHM = "Ed25519";
  private static final int SEED = 32;

  /** What stands before the 32 bytes of a public key in X.509 (RFC 8410, section 4). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] bytes;
  private final PrivateKey key;

  /**
   * @param bytes the private key, and after it perhaps the public one, as libsodium has it
   */
  Ed25519Key(byte[] bytes) {
    if (bytes.length != SEED && bytes.length != 2 * SEED) {
      throw new IllegalArgumentException(
          "a key of whsk_ has 32 bytes, or 64 with its public key, and not " + bytes.length);
    }
    this.bytes = bytes;
    try {
      this.key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(
                  new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(bytes, SEED)));
      if (bytes.length > SEED && !belongs(Arrays.copyOfRange(bytes, SEED, 2 * SEED))) {
        throw new IllegalArgumentException(
            "the second half of a key of whsk_ with 64 bytes is its public key, and this is another's");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  private boolean belongs(byte[] publicKey) throws GeneralSecurityException {
    byte[] encoded = Arrays.copyOf(X509, X509.length + SEED);
    System.arraycopy(publicKey, 0, encoded, X509.length, SEED);
    Signature verifier = Signature.getInstance(ALGORITHM);
    byte[] ours = signature(X509);
    try {
      verifier.initVerify(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(X509);
      return verifier.verify(ours);
    } catch (InvalidKeySpecException | InvalidKeyException | SignatureException _) {
      return false; // not a point of the curve
    }
  }

  @Override
  public String sign(byte[] content) {
    try {
      return "v1a," + Base64.getEncoder().encodeToString(signature(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  private byte[] signature(byte[] content) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(ALGORITHM);
    signer.initSign(key);
    signer.update(content);
    return signer.sign();
  }

  @Override
  public String text() {
    return PRIVATE + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String id() {
    return SigningKey.idOf(Arrays.copyOf(bytes, SEED));
  }

  @Override
  public String toString() {
    return "whsk " + id();
  }
}
