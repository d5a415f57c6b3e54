package io.millrace.simulation.database;

import io.millrace.core.store.QuarantineStore;
import io.millrace.core.store.QuarantinedMessage;
import java.util.Collection;

/** The quarantine, on {@link Database}. */
public final class InMemoryQuarantineStore implements QuarantineStore {

  private final Database database;

  public InMemoryQuarantineStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(Collection<QuarantinedMessage> arrived) {
    database.statement(
        session ->
            session.quarantined.addAll(arrived.stream().map(QuarantinedMessage::id).toList()));
  }
}
