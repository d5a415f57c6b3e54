package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of a job, derived from its tenant and its message id, so that the same message always
 * names the same job and an upstream system can compute the id itself.
 *
 * <p>The derivation is a UUID of version 8 (RFC 9562, section 5.8): the first 16 bytes of SHA-256
 * over {@code tenant}, a zero byte and {@code messageId}, both in UTF-8, with the version and
 * variant bits set. No tenant may contain the zero byte, so no two pairs collide by concatenation.
 *
 * <p>Ids are ordered as PostgreSQL orders its {@code uuid}: byte by byte, unsigned. Rows are locked
 * in this order.
 */
public record JobId(UUID value) implements Comparable<JobId> {

  public JobId {
    Objects.requireNonNull(value, "value");
  }

  /** The id of the job that the message {@code messageId} of {@code tenant} stands for. */
  public static JobId of(String tenant, String messageId) {
    ByteBuffer hash = PairHash.of(tenant.getBytes(UTF_8), messageId.getBytes(UTF_8));
    long high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
    long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new JobId(new UUID(high, low));
  }

  /**
   * The id that {@code text} spells in the usual form of a UUID.
   *
   * @throws IllegalArgumentException if it does not
   */
  public static JobId parse(String text) {
    return new JobId(UUID.fromString(text));
  }

  @Override
  public int compareTo(JobId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
