package io.millrace.core.audit;

import io.millrace.core.secret.SecretBox;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks the chain, a stretch at a time. Safe for use by many threads. */
public final class AuditVerifier {

  private final AuditStore store;
  private final AuditHash hash;
  private final TransactionTemplate snapshot;

  /**
   * @param store made with the same {@code keys}
   */
  public AuditVerifier(AuditStore store, SecretBox keys, PlatformTransactionManager transactions) {
    this.store = store;
    this.hash = new AuditHash(keys);
    this.snapshot = new TransactionTemplate(transactions);
    snapshot.setReadOnly(true);
    // The records and the end of the chain are of the same moment.
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /**
   * A place up to which the chain was checked.
   *
   * @param number of the last record; 0 for the beginning
   * @param keyed whether it, or one before it, has a hash with a key
   */
  public record Place(long number, boolean keyed) {

    public static final Place BEGINNING = new Place(0, false);
  }

  /**
   * What a stretch is like.
   *
   * @param checked how many records it has
   * @param place its end; go on from there if it is not the end of the chain
   * @param complete whether it is
   * @param head where the chain ends; null if that is gone
   */
  public record Stretch(
      long checked,
      Place place,
      boolean complete,
      List<AuditFinding> findings,
      @Nullable AuditHead head) {

    public Stretch {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Checks the records from behind {@code after} on.
   *
   * @param most how many; at least 1
   */
  public Stretch check(Place after, int most) {
    return Objects.requireNonNull(snapshot.execute(_ -> checked(after, most)));
  }

  private Stretch checked(Place after, int most) {
    List<AuditRecord> before = after.number() == 0 ? List.of() : store.page(after.number() - 1, 1);
    byte[] previous =
        before.isEmpty() || before.getFirst().number() != after.number()
            ? null
            : before.getFirst().link().hash();
    ChainCheck check = new ChainCheck(hash, after.number(), previous, after.keyed());
    List<AuditRecord> records = store.page(after.number(), most);
    records.forEach(check::accept);
    Optional<AuditHead> head = store.head();
    boolean complete = records.size() < most;
    if (complete) {
      check.end(head);
    }
    return new Stretch(
        records.size(),
        new Place(check.last(), check.keyed()),
        complete,
        check.findings(),
        head.orElse(null));
  }
}
