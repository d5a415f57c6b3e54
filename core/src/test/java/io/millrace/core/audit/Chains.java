package io.millrace.core.audit;

import io.millrace.core.secret.SecretBox;
import io.millrace.core.secret.SecretProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Chains for tests. */
final class Chains {

  static final SecretBox NO_KEY = new SecretProperties("", List.of()).box();
  static final SecretBox KEY = new SecretProperties(key(1), List.of()).box();
  static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");

  private Chains() {}

  static String key(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return Base64.getEncoder().encodeToString(bytes);
  }

  static AuditEntry entry(String actor, String action) {
    return new AuditEntry(
        new AuditEntry.Author(actor, Set.of("operator", "admin"), "127.0.0.1", "r-1"),
        new AuditEntry.Change(action, "jobs/1", "acme", "{\"state\": \"FAILED\"}", "{\"n\": 1.0}"));
  }

  /** Records 1 to {@code length}, in their order. */
  static List<AuditRecord> chain(SecretBox keys, int length) {
    AuditHash hash = new AuditHash(keys);
    List<AuditRecord> chain = new ArrayList<>();
    byte[] previous = new byte[AuditHash.BYTES];
    for (int number = 1; number <= length; number++) {
      AuditEntry entry = entry("somebody", "job.cancel");
      byte[] own = hash.of(number, AT, entry, previous, hash.currentKey());
      chain.add(
          new AuditRecord(
              number, AT, entry, new AuditRecord.Link(previous, hash.currentKey(), own)));
      previous = own;
    }
    return chain;
  }

  static AuditHead headOf(SecretBox keys, AuditRecord last) {
    AuditHash hash = new AuditHash(keys);
    byte[] seal = hash.ofHead(last.number(), last.link().hash(), hash.currentKey());
    return new AuditHead(last.number(), last.link().hash(), hash.currentKey(), seal);
  }
}
