package io.millrace.admin.audit;

import io.millrace.core.audit.AuditFinding;
import io.millrace.core.audit.AuditHead;
import io.millrace.core.audit.AuditVerifier.Place;
import io.millrace.core.audit.AuditVerifier.Stretch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of the audit is like.
 *
 * @param checked how many records it has
 * @param complete whether it reaches to the end
 * @param next what to ask for as {@code after} to check on; left out if it is complete
 * @param findings what is wrong, up to a hundred
 * @param count how many records there should be; left out if nobody can say
 * @param hash of the last one
 */
record VerificationView(
    long checked,
    boolean complete,
    @Nullable String next,
    List<AuditFinding> findings,
    @Nullable Long count,
    @Nullable String hash) {

  private static final int MOST_FINDINGS = 100;

  /** How a place is written whose chain has keys, and how it is if it has none. */
  private static final String KEYED = "k";

  static VerificationView of(Stretch stretch) {
    AuditHead head = stretch.head();
    List<AuditFinding> findings = stretch.findings();
    return new VerificationView(
        stretch.checked(),
        stretch.complete(),
        stretch.complete() ? null : text(stretch.place()),
        findings.subList(0, Math.min(MOST_FINDINGS, findings.size())),
        head == null ? null : head.count(),
        head == null ? null : head.hash());
  }

  private static String text(Place place) {
    return place.number() + (place.keyed() ? KEYED : "");
  }

  /**
   * The place that {@code text} names.
   *
   * @throws NumberFormatException if it names none
   */
  static Place place(String text) {
    boolean keyed = text.endsWith(KEYED);
    String number = keyed ? text.substring(0, text.length() - KEYED.length()) : text;
    return new Place(Long.parseUnsignedLong(number, 10), keyed);
  }
}
