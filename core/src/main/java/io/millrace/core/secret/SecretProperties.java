package io.millrace.core.secret;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys under which secrets of others are kept. The same for all processes of one database.
 *
 * @param key 32 bytes in base64, under which new secrets are sealed; empty if there are none
 * @param previousKeys those that came before it, which still open what they have sealed
 */
@ConfigurationProperties("millrace.secrets")
public record SecretProperties(
    @DefaultValue("") String key, @DefaultValue List<String> previousKeys) {

  /** The setting of the key that seals. */
  static final String KEY = "millrace.secrets.key";

  private static final String PREVIOUS_KEYS = "millrace.secrets.previous-keys";

  /**
   * @throws IllegalArgumentException if one is no such key; the message does not repeat it
   */
  public SecretProperties {
    previousKeys = List.copyOf(previousKeys);
    if (!key.isBlank()) {
      MasterKey.parse(KEY, key);
    }
    previousKeys.forEach(each -> MasterKey.parse("each of " + PREVIOUS_KEYS, each));
  }

  /** What seals and opens under these keys. */
  public SecretBox box() {
    return new SecretBox(
        key.isBlank() ? null : MasterKey.parse(KEY, key),
        previousKeys.stream().map(each -> MasterKey.parse(PREVIOUS_KEYS, each)).toList());
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "SecretProperties[key=%s, previousKeys=%d]"
        .formatted(key.isBlank() ? "none" : "***", previousKeys.size());
  }
}
