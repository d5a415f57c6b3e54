package io.millrace.core.failure;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes the groups that a process meets for the first time in a while, in the transaction of the
 * jobs that fail in them. So {@code last_seen} of a group is never more than half an hour behind:
 * the 20 minutes that the statement allows for, and then {@link #MEMORY}. Whoever deletes groups
 * that were not seen for much longer deletes none that somebody believes to be there. Safe for use
 * by many threads.
 */
public final class SeenGroups {

  /** For how long a process believes that a group is there. */
  static final Duration MEMORY = Duration.ofMinutes(10);

  private static final int MOST = 1_000;

  // Locks the row, unless anybody has seen it lately. Waits for others that write or delete it.
  private static final String SEE =
      """
      INSERT INTO failure_group AS known (id, type, kind, message, frames, first_seen, last_seen)
      SELECT :id, :type, :kind, :message, :frames, clock_timestamp(), clock_timestamp()
      WHERE NOT EXISTS (
        SELECT FROM failure_group WHERE id = :id AND last_seen > clock_timestamp() - interval '20 minutes')
      ON CONFLICT (id) DO UPDATE SET last_seen = greatest(known.last_seen, excluded.last_seen)
      """;

  private final JdbcClient jdbc;
  private final LongSupplier nanoTime;
  private final Map<Long, Long> committed = // when each was seen; guarded by itself
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
          return size() > MOST;
        }
      };

  public SeenGroups(JdbcClient jdbc) {
    this(jdbc, System::nanoTime);
  }

  SeenGroups(JdbcClient jdbc, LongSupplier nanoTime) {
    this.jdbc = jdbc;
    this.nanoTime = nanoTime;
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
        .forEach(this::write);
  }

  private void write(FailureGroup group) {
    long now = nanoTime.getAsLong();
    jdbc.sql(SEE)
        .param("id", group.id())
        .param("type", group.type().name())
        .param("kind", group.kind())
        .param("message", group.message())
        .param("frames", group.frames())
        .update();
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      remember(group.id(), now);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            remember(group.id(), now);
          }
        });
  }

  private boolean isCommitted(long group) {
    synchronized (committed) {
      Long at = committed.get(group); // get makes it the youngest
      return at != null && nanoTime.getAsLong() - at < MEMORY.toNanos();
    }
  }

  private void remember(long group, long at) {
    synchronized (committed) {
      committed.put(group, at);
    }
  }
}
