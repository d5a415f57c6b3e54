package io.millrace.core.audit;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The end of the chain. The arrays are not copied.
 *
 * @param count how many records there are
 * @param last the hash of the last one; zeros if there is none
 * @param keyedBy as in {@link AuditRecord.Link}
 * @param seal a hash over count and last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AuditHead(long count, byte[] last, @Nullable String keyedBy, byte[] seal) {

  /** The hash of the last record in hexadecimal digits. */
  public String hash() {
    return HexFormat.of().formatHex(last);
  }
}
