package io.millrace.core.audit;

import io.millrace.core.audit.AuditFinding.Kind;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes through a chain, record by record, and notes what is wrong with it. For one thread. */
final class ChainCheck {

  private final AuditHash hash;
  private final List<AuditFinding> findings = new ArrayList<>();

  private long last;
  private byte @Nullable [] previous;
  private boolean keyed;

  /**
   * @param last the number of the record before the first that comes; 0 if there is none
   * @param previous its hash; null if it is not known
   * @param keyed whether it, or one before it, has a hash with a key
   */
  ChainCheck(AuditHash hash, long last, byte @Nullable [] previous, boolean keyed) {
    this.hash = hash;
    this.last = last;
    this.previous = last == 0 ? new byte[AuditHash.BYTES] : previous;
    this.keyed = keyed;
  }

  /** Takes the next record that is there, by its number. */
  void accept(AuditRecord record) {
    AuditRecord.Link link = record.link();
    if (record.number() > last + 1) {
      missing(last + 1, record.number() - 1);
      previous = null;
    }
    if (!hash.knows(link.keyedBy())) {
      note(
          Kind.UNKNOWN_KEY,
          record.number(),
          "is under the master key %s, which is not configured here".formatted(link.keyedBy()));
    } else if (!MessageDigest.isEqual(expected(record), link.hash())) {
      note(Kind.CHANGED, record.number(), "is not what was written");
    } else if (previous != null && !MessageDigest.isEqual(previous, link.previous())) {
      note(Kind.BROKEN, record.number(), "does not follow the record before it");
    }
    if (keyed && link.keyedBy() == null) {
      note(
          Kind.UNKEYED,
          record.number(),
          "has a hash without a key, and records before it have one");
    }
    keyed |= link.keyedBy() != null;
    last = record.number();
    previous = link.hash();
  }

  private byte[] expected(AuditRecord record) {
    AuditRecord.Link link = record.link();
    return hash.of(record.number(), record.at(), record.entry(), link.previous(), link.keyedBy());
  }

  /** Compares the last record with the end of the chain. */
  void end(Optional<AuditHead> end) {
    if (end.isEmpty()) {
      note(Kind.HEAD, last, "is the last one that is there, and where the chain ends is gone");
      return;
    }
    AuditHead head = end.get();
    if (!hash.knows(head.keyedBy())) {
      note(Kind.UNKNOWN_KEY, last, "is followed by an end under a key that is not configured here");
    } else if (!MessageDigest.isEqual(
        hash.ofHead(head.count(), head.last(), head.keyedBy()), head.seal())) {
      note(Kind.HEAD, last, "is followed by an end of the chain that is not what was written");
    }
    if (head.count() > last) {
      missing(last + 1, head.count());
    } else if (head.count() < last) {
      findings.add(
          new AuditFinding(
              Kind.APPENDED,
              head.count() + 1,
              last,
              "%s behind the end of the chain".formatted(are(head.count() + 1, last))));
    } else if (previous != null && !MessageDigest.isEqual(previous, head.last())) {
      note(Kind.HEAD, last, "is not the one that the chain ends with");
    }
    if (head.count() > 0 && head.keyedBy() == null && hash.currentKey() != null) {
      note(Kind.UNKEYED, head.count(), "ends a chain without a key, and there is one");
    }
  }

  private void missing(long from, long to) {
    findings.add(new AuditFinding(Kind.MISSING, from, to, are(from, to) + " missing"));
  }

  private void note(Kind kind, long number, String what) {
    findings.add(new AuditFinding(kind, number, number, "record %d %s".formatted(number, what)));
  }

  private static String are(long from, long to) {
    return from == to ? "record %d is".formatted(from) : "records %d to %d are".formatted(from, to);
  }

  List<AuditFinding> findings() {
    return List.copyOf(findings);
  }

  long last() {
    return last;
  }

  boolean keyed() {
    return keyed;
  }
}
