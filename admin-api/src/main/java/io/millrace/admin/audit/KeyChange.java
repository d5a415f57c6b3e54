package io.millrace.admin.audit;

import io.millrace.core.audit.AuditHead;
import io.millrace.core.audit.AuditStore;
import io.millrace.core.secret.SecretBox;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Records at the start that the master key is another one than before, under the new one. From then
 * on an end of the chain without a key is a forgery.
 */
final class KeyChange implements ApplicationRunner {

  private static final String ACTOR = "millrace";

  private final AuditStore store;
  private final AuditTrail audit;
  private final SecretBox keys;
  private final TransactionOperations transaction;

  KeyChange(AuditStore store, AuditTrail audit, SecretBox keys, TransactionOperations transaction) {
    this.store = store;
    this.audit = audit;
    this.keys = keys;
    this.transaction = transaction;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    Optional<String> now = keys.keyId();
    Optional<String> before = store.head().map(AuditHead::keyedBy);
    if (now.isPresent() && !now.equals(before)) {
      transaction.executeWithoutResult(
          _ ->
              audit.record(
                  ACTOR,
                  Set.of(),
                  new Change(
                      "audit.key",
                      "audit",
                      null,
                      before.map(key -> Map.of("key", key)).orElse(null),
                      Map.of("key", now.get()))));
    }
  }
}
