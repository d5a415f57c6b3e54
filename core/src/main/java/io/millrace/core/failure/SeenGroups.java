package io.millrace.core.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes the groups that a process meets for the first time, in the transaction of the jobs that
 * fail in them. Safe for use by many threads.
 */
public final class SeenGroups {

  private static final int MOST = 1_000;

  // Waits for an uncommitted insert of the same group.
  private static final String INSERT =
      """
      INSERT INTO failure_group (id, type, kind, message, frames, first_seen)
      VALUES (:id, :type, :kind, :message, :frames, clock_timestamp())
      ON CONFLICT DO NOTHING
      """;

  private final JdbcClient jdbc;
  private final Map<Long, Boolean> committed = // guarded by itself
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
          return size() > MOST;
        }
      };

  public SeenGroups(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes sure that the groups are there once the transaction at hand has committed. They are
   * written in one order, so that no two transactions wait for each other.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses
   */
  public void see(Collection<FailureGroup> groups) {
    groups.stream()
        .distinct()
        .filter(group -> !isCommitted(group.id()))
        .sorted(Comparator.comparingLong(FailureGroup::id))
        .forEach(this::insert);
  }

  private void insert(FailureGroup group) {
    jdbc.sql(INSERT)
        .param("id", group.id())
        .param("type", group.type().name())
        .param("kind", group.kind())
        .param("message", group.message())
        .param("frames", group.frames())
        .update();
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      remember(group.id());
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            remember(group.id());
          }
        });
  }

  private boolean isCommitted(long group) {
    synchronized (committed) {
      return committed.get(group) != null; // get, unlike containsKey, makes it the youngest
    }
  }

  private void remember(long group) {
    synchronized (committed) {
      committed.put(group, true);
    }
  }
}
