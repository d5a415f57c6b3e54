package io.millrace.core.store;

import java.util.Collection;

/** The messages that could not become jobs. Safe for use by many threads. */
public interface QuarantineStore {

  /**
   * Keeps the messages; of one that is kept already it counts the arrivals.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses
   */
  void insert(Collection<QuarantinedMessage> arrived);
}
