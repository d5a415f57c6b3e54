package io.millrace.admin.audit;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Role;
import io.millrace.admin.trace.Origin;
import io.millrace.core.audit.AuditEntry;
import io.millrace.core.audit.AuditRecord;
import io.millrace.core.audit.AuditStore;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records changes in the transactions that make them: what is not recorded is not done. Safe for
 * use by many threads.
 */
public final class AuditTrail {

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

  private final AuditStore store;
  private final JsonMapper json;
  private final InstantSource clock;

  AuditTrail(AuditStore store, JsonMapper json, InstantSource clock) {
    this.store = store;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A change of something that belongs to no tenant; otherwise as {@link #record(Caller, Change)}.
   */
  public void record(
      Caller caller,
      String action,
      String resource,
      @Nullable Object before,
      @Nullable Object after) {
    record(caller, new Change(action, resource, null, before, after));
  }

  /**
   * Records what the transaction of this thread does. Until its end nobody else records anything:
   * call it last.
   *
   * @throws IllegalStateException if there is no transaction
   * @throws org.springframework.dao.DataAccessException if it cannot be recorded; let it end the
   *     transaction
   */
  public void record(Caller caller, Change change) {
    Set<String> roles = caller.roles().stream().map(Role::label).collect(Collectors.toSet());
    record(caller.subject(), roles, change);
  }

  void record(String subject, Set<String> roles, Change change) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "%s of %s is recorded outside of the transaction that does it"
              .formatted(change.action(), change.resource()));
    }
    Origin origin = Origin.current();
    AuditEntry entry =
        new AuditEntry(
            new AuditEntry.Author(subject, roles, origin.address(), origin.requestId()),
            new AuditEntry.Change(
                change.action(),
                change.resource(),
                change.tenant(),
                json(change.before()),
                json(change.after())));
    AuditRecord record = store.append(entry, clock.instant());
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            log(record);
          }
        });
  }

  private @Nullable String json(@Nullable Object value) {
    return value == null ? null : json.writeValueAsString(value);
  }

  /** A second place that knows the hashes: whoever forges the table does not reach the log. */
  private static void log(AuditRecord record) {
    LOG.atInfo()
        .addKeyValue("audit", record.number())
        .addKeyValue("actor", record.entry().author().subject())
        .addKeyValue("action", record.entry().change().action())
        .addKeyValue("resource", record.entry().change().resource())
        .addKeyValue("hash", record.hash())
        .log("change recorded");
  }
}
