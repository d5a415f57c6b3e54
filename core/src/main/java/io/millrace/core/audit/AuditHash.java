package io.millrace.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.core.secret.SecretBox;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the audit: SHA-256, or HMAC-SHA-256 under a key from the master key where there is
 * one, so that whoever has the database alone cannot make new ones. Each part goes in with its
 * length, so that no two records look the same. Thread-safe.
 */
final class AuditHash {

  /** As long as a hash: what the first record follows. */
  static final int BYTES = 32;

  private static final String PURPOSE = "the audit of Millrace";
  private static final String RECORD = "millrace audit 1";
  private static final String HEAD = "millrace audit head 1";

  private final SecretBox keys;

  AuditHash(SecretBox keys) {
    this.keys = keys;
  }

  /** The key that hashes now; null if there is none. */
  @Nullable String currentKey() {
    return keys.keyId().orElse(null);
  }

  /** Whether hashes of that key can be checked. */
  boolean knows(@Nullable String keyedBy) {
    return keyedBy == null || keys.hasKey(keyedBy);
  }

  byte[] of(long number, Instant at, AuditEntry entry, byte[] previous, @Nullable String keyedBy) {
    AuditEntry.Author author = entry.author();
    AuditEntry.Change change = entry.change();
    Form form = new Form().add(RECORD).add(Long.toString(number)).add(at.toString());
    form.add(author.subject()).add(Integer.toString(author.roles().size()));
    author.roles().forEach(form::add);
    form.add(change.action()).add(change.resource()).add(change.tenant());
    form.add(CanonicalJson.of(change.before())).add(CanonicalJson.of(change.after()));
    form.add(author.address()).add(author.requestId());
    return hash(form.add(previous).add(keyedBy), keyedBy);
  }

  byte[] ofHead(long count, byte[] last, @Nullable String keyedBy) {
    return hash(new Form().add(HEAD).add(Long.toString(count)).add(last).add(keyedBy), keyedBy);
  }

  private byte[] hash(Form form, @Nullable String keyedBy) {
    byte[] bytes = form.bytes();
    return keyedBy == null ? sha256(bytes) : keys.authenticate(keyedBy, PURPOSE, bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Parts, each behind its length; what is not there has the length -1. */
  private static final class Form {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Form add(@Nullable String part) {
      return add(part == null ? null : part.getBytes(UTF_8));
    }

    Form add(byte @Nullable [] part) {
      int length = part == null ? -1 : part.length;
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
      if (part != null) {
        bytes.writeBytes(part);
      }
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
