package io.millrace.core.audit;

/**
 * Something that is wrong with the chain.
 *
 * @param from the first record that it is about
 * @param to the last one
 * @param detail for people
 */
public record AuditFinding(Kind kind, long from, long to, String detail) {

  /** What is wrong. */
  public enum Kind {
    /** Records are not there. */
    MISSING,
    /** A record is not what was written, or stands in another's place. */
    CHANGED,
    /** A record is whole, and yet follows another one than that which is before it. */
    BROKEN,
    /** Records are behind the end of the chain. */
    APPENDED,
    /** The end of the chain is not what was written. */
    HEAD,
    /** Records have a hash without a key although those before them have one, or a key is set. */
    UNKEYED,
    /** Records have a hash under a key that is not configured here, so nobody can say. */
    UNKNOWN_KEY
  }
}
