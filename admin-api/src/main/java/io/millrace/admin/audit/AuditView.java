package io.millrace.admin.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.millrace.core.audit.AuditEntry;
import io.millrace.core.audit.AuditRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the audit as the API shows it; what does not apply is left out.
 *
 * @param number 1 for the first; there are no gaps
 * @param actor the subject of the token
 * @param resource the path of what was changed, below the version
 * @param tenant whose it is
 * @param before what it was
 * @param after what it is since
 * @param address from where
 * @param keyedBy the fingerprint of the master key that the hash is under
 * @param hash in hexadecimal digits, as in the log
 */
record AuditView(
    long number,
    Instant at,
    String actor,
    List<String> roles,
    String action,
    String resource,
    @Nullable String tenant,
    @JsonRawValue @Nullable String before,
    @JsonRawValue @Nullable String after,
    @Nullable String address,
    @Nullable String requestId,
    @Nullable String keyedBy,
    String hash) {

  /**
   * A page of them, the newest first.
   *
   * @param next what to ask for as {@code after} to read on; left out on the last page
   */
  record Page(List<AuditView> records, @Nullable String next) {

    /**
     * The first {@code most} of them.
     *
     * @param found one more than {@code most}, if there are as many
     */
    static Page of(List<AuditRecord> found, int most) {
      List<AuditRecord> shown = found.subList(0, Math.min(most, found.size()));
      return new Page(
          shown.stream().map(AuditView::of).toList(),
          found.size() > most ? Long.toString(shown.getLast().number()) : null);
    }
  }

  static AuditView of(AuditRecord record) {
    AuditEntry.Author author = record.entry().author();
    AuditEntry.Change change = record.entry().change();
    return new AuditView(
        record.number(),
        record.at(),
        author.subject(),
        author.roles(),
        change.action(),
        change.resource(),
        change.tenant(),
        change.before(),
        change.after(),
        author.address(),
        author.requestId(),
        record.link().keyedBy(),
        record.hash());
  }
}
