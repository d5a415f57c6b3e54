package io.millrace.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets with AES-256-GCM (NIST SP 800-38D), each with a random nonce of 96 bits, and bound
 * to the place where it is kept: in another row it cannot be opened. Thread-safe.
 */
public final class SecretBox {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final @Nullable MasterKey current;
  private final Map<String, MasterKey> keys = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param current seals; null if nothing can be sealed
   * @param previous open what they have sealed
   */
  SecretBox(@Nullable MasterKey current, Collection<MasterKey> previous) {
    this.current = current;
    previous.forEach(key -> keys.put(key.fingerprint(), key));
    if (current != null) {
      keys.put(current.fingerprint(), current);
    }
  }

  /** Whether there is a key to seal with. */
  public boolean canSeal() {
    return current != null;
  }

  /** The fingerprint of the key that seals; empty if there is none. */
  public Optional<String> keyId() {
    return Optional.ofNullable(current).map(MasterKey::fingerprint);
  }

  /** Whether there is a key of that fingerprint: the one that seals, or one that came before it. */
  public boolean hasKey(String keyId) {
    return keys.containsKey(keyId);
  }

  /**
   * Authenticates data with HMAC-SHA-256 (RFC 2104), under a key that is derived from a master key
   * for this purpose alone.
   *
   * @param keyId the fingerprint of the master key
   * @param purpose what it is for
   * @return 32 bytes
   * @throws SecretException if its key is not here
   */
  public byte[] authenticate(String keyId, String purpose, byte[] data) {
    return required(keyId).authenticate(purpose, data);
  }

  /** Whether it was sealed by the key that seals now. */
  public boolean isCurrent(SealedSecret sealed) {
    return current != null && current.fingerprint().equals(sealed.keyId());
  }

  /**
   * Seals a secret for one place.
   *
   * @param place the names of the place, such as the primary key of a row
   * @throws SecretException if there is no master key
   */
  public SealedSecret seal(byte[] secret, String... place) {
    MasterKey key = current;
    if (key == null) {
      throw new SecretException(
          "there is no master key to encrypt secrets with: set %s to 32 random bytes in base64"
              .formatted(SecretProperties.KEY));
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(secret);
      byte[] bytes =
          ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
      return new SealedSecret(key.fingerprint(), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * Opens what was sealed for this place.
   *
   * @param place as when it was sealed
   * @throws SecretException if its key is not here, it was changed, or it belongs to another place
   */
  public byte[] open(SealedSecret sealed, String... place) {
    MasterKey key = required(sealed.keyId());
    ByteBuffer bytes = ByteBuffer.wrap(sealed.bytes());
    try {
      if (bytes.remaining() < NONCE_BYTES) {
        throw new GeneralSecurityException("it is too short");
      }
      byte[] nonce = new byte[NONCE_BYTES];
      bytes.get(nonce);
      byte[] encrypted = new byte[bytes.remaining()];
      bytes.get(encrypted);
      return cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(encrypted);
    } catch (GeneralSecurityException _) {
      throw new SecretException(
          "the secret of %s was changed in the database, or is another row's"
              .formatted(String.join("/", List.of(place))));
    }
  }

  private MasterKey required(String keyId) {
    MasterKey key = keys.get(keyId);
    if (key == null) {
      throw new SecretException(
          "a secret is kept under the master key %s, which is neither %s nor one of the previous keys"
              .formatted(keyId, SecretProperties.KEY));
    }
    return key;
  }

  private static Cipher cipher(int mode, MasterKey key, byte[] nonce, String[] place)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
    for (String name : place) {
      byte[] bytes = name.getBytes(UTF_8);
      // With their lengths, so that no two places look the same.
      cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      cipher.updateAAD(bytes);
    }
    return cipher;
  }
}
