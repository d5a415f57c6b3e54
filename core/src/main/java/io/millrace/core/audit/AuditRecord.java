package io.millrace.core.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit.
 *
 * @param number 1 for the first; there are no gaps
 * @param at to the microsecond
 */
public record AuditRecord(long number, Instant at, AuditEntry entry, Link link) {

  /**
   * How it hangs on the one before it. The arrays are not copied.
   *
   * @param previous the hash of the record before
   * @param keyedBy the fingerprint of the master key that the hash is an HMAC under; null if it is
   *     a hash without a key
   * @param hash of the record, with {@code previous}
   */
  public record Link(byte[] previous, @Nullable String keyedBy, byte[] hash) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Link that
          && Arrays.equals(previous, that.previous)
          && Objects.equals(keyedBy, that.keyedBy)
          && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
      return HexFormat.of().formatHex(hash);
    }
  }

  /** Its hash in hexadecimal digits. */
  public String hash() {
    return link.toString();
  }
}
