package io.millrace.simulation.database;

import io.millrace.client.contract.JobId;
import io.millrace.core.lease.OwnerEnd;
import io.millrace.core.store.ResultStore;
import io.millrace.simulation.fault.PlantedFault;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import io.millrace.simulation.kernel.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tables, and what PostgreSQL promises about them at the level {@code READ COMMITTED}: a
 * statement sees what was committed before it and what its own transaction wrote; a row that
 * another transaction has locked is waited for, and then read anew; a transaction whose connection
 * is lost never was, except where only the answer to its commit is lost. Others go first before
 * every statement and before every commit.
 */
public final class Database implements TransactionOperations {

  private final Kernel kernel;
  private final Set<PlantedFault> faults;
  private final Watcher watcher;
  private final Map<JobId, Row> jobs = new HashMap<>();
  private final Map<UUID, WorkerRow> workers = new LinkedHashMap<>();
  private final Set<UUID> quarantined = new HashSet<>();
  private final Map<JobId, Session> locks = new HashMap<>();
  private final Map<String, Session> claimedKeys = new HashMap<>();
  private final Map<Task, Session> sessions = new LinkedHashMap<>();
  private final Node clock;
  private Map<String, Instant> droppedUntil = Map.of(ResultStore.OTHERS, Instant.EPOCH);
  private Consumer<JobId> cancellations = _ -> {};
  private boolean down;
  private int answersToLose;

  public Database(Kernel kernel, Set<PlantedFault> faults, Watcher watcher) {
    this.kernel = kernel;
    this.faults = faults;
    this.watcher = watcher;
    this.clock = new Node(kernel, "database", Duration.ZERO);
  }

  /** Has {@code listener} told of every cancellation of a job that runs. */
  public void listen(Consumer<JobId> listener) {
    cancellations = listener;
  }

  // --- what breaks it

  /** Refuses every statement, and ends every transaction, until {@link #comeBack}. */
  public void goAway() {
    down = true;
    List.copyOf(sessions.values()).forEach(this::lose);
  }

  /** Answers again. */
  public void comeBack() {
    down = false;
  }

  /** Ends the transactions of one process, as when it dies or its connections are cut. */
  public void cutOff(Node node) {
    for (Session session : List.copyOf(sessions.values())) {
      if (session.node() == node) {
        lose(session);
      }
    }
  }

  /** Does the next commit, and loses its answer. */
  public void loseAnAnswer() {
    answersToLose++;
  }

  // --- what everybody may see

  /** The row as it is committed. */
  public @Nullable Row committed(JobId id) {
    return jobs.get(id);
  }

  /** All rows as they are committed. */
  public Collection<Row> rows() {
    return jobs.values();
  }

  /** How many messages are in quarantine. */
  public int quarantined() {
    return quarantined.size();
  }

  // --- transactions

  @Override
  public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
    if (sessions.containsKey(kernel.current())) {
      return action.doInTransaction(new SimpleTransactionStatus(false));
    }
    Session session = begin();
    SimpleTransactionStatus status = new SimpleTransactionStatus(true);
    T answer;
    try {
      answer = action.doInTransaction(status);
    } catch (Throwable e) {
      release(session);
      throw e;
    }
    if (status.isRollbackOnly()) {
      release(session);
      return answer;
    }
    commit(session);
    return answer;
  }

  private Session begin() {
    kernel.giveWay();
    refuseIfDown();
    Session session = new Session(kernel.current());
    sessions.put(session.task, session);
    return session;
  }

  private void commit(Session session) {
    try {
      kernel.giveWay();
      refuseIfLost(session);
      session.written.forEach(
          (id, row) -> {
            Row before = jobs.put(id, row);
            watcher.committed(session.node(), before, row);
          });
      quarantined.addAll(session.quarantined);
      droppedUntil = droppedUntil(session);
      session.effects.forEach(watcher::effect);
      watcher.settled();
      session.cancelled.forEach(cancellations);
    } finally {
      release(session);
    }
    if (answersToLose > 0 && !session.written.isEmpty()) {
      answersToLose--;
      kernel.note(() -> "the answer to its commit is lost");
      throw lost();
    }
    kernel.giveWay();
  }

  private void lose(Session session) {
    session.lost = true;
    unlock(session);
  }

  private void release(Session session) {
    unlock(session);
    sessions.remove(session.task);
  }

  private void unlock(Session session) {
    session.locked.forEach(id -> locks.remove(id, session));
    session.claimedKeys.forEach(key -> claimedKeys.remove(key, session));
    session.locked.clear();
    session.claimedKeys.clear();
    session.waitsFor = null;
  }

  // --- statements

  /** One statement, in the transaction at hand or in one of its own. */
  <T> T statement(Statement<T> work) {
    Session session = sessions.get(kernel.current());
    if (session != null) {
      kernel.giveWay();
      refuseIfLost(session);
      return work.in(session);
    }
    Session own = begin();
    T answer;
    try {
      answer = work.in(own);
    } catch (Throwable e) {
      release(own);
      throw e;
    }
    commit(own);
    return answer;
  }

  /** What a statement does. */
  @FunctionalInterface
  interface Statement<T> {
    T in(Session session);
  }

  /** The row as a statement of {@code session} sees it. */
  @Nullable Row read(Session session, JobId id) {
    Row own = session.written.get(id);
    return own == null ? jobs.get(id) : own;
  }

  /** The rows that a statement of {@code session} sees. */
  Stream<Row> find(Session session, Predicate<Row> condition) {
    return Stream.concat(jobs.keySet().stream(), session.written.keySet().stream())
        .distinct()
        .sorted()
        .map(id -> read(session, id))
        .filter(row -> row != null && condition.test(row))
        .map(row -> row);
  }

  /** Waits until the row is the session's own. */
  void lock(Session session, JobId id) {
    while (true) {
      Session holder = locks.get(id);
      if (holder == null || holder == session) {
        break;
      }
      for (Session each = holder; each != null; each = each.waitsFor) {
        if (each == session) {
          lose(session);
          throw new CannotAcquireLockException("deadlock detected");
        }
      }
      session.waitsFor = holder;
      kernel.await(() -> locks.get(id) != holder || session.lost);
      session.waitsFor = null;
      refuseIfLost(session);
    }
    locks.put(id, session);
    session.locked.add(id);
  }

  /** Locks the row if no other has. */
  boolean lockIfFree(Session session, JobId id) {
    Session holder = locks.get(id);
    if (holder != null && holder != session) {
      return false;
    }
    locks.put(id, session);
    session.locked.add(id);
    return true;
  }

  /** Takes the advisory lock of a key if no other has. */
  boolean claim(Session session, String key) {
    if (isPlanted(PlantedFault.PLACES_COUNTED_WITHOUT_LOCK)) {
      return true;
    }
    if (claimedKeys.putIfAbsent(key, session) != null) {
      return claimedKeys.get(key) == session;
    }
    session.claimedKeys.add(key);
    return true;
  }

  /** A row of another transaction that is not committed yet and meets the condition. */
  @Nullable Session uncommitted(Session session, Predicate<Row> condition) {
    for (Session other : sessions.values()) {
      if (other != session && !other.lost && other.written.values().stream().anyMatch(condition)) {
        return other;
      }
    }
    return null;
  }

  /** Waits until the other transaction has ended. */
  void awaitEnd(Session session, Session other) {
    for (Session each = other; each != null; each = each.waitsFor) {
      if (each == session) {
        lose(session);
        throw new CannotAcquireLockException("deadlock detected");
      }
    }
    session.waitsFor = other;
    kernel.await(() -> !sessions.containsValue(other) || other.lost || session.lost);
    session.waitsFor = null;
    refuseIfLost(session);
  }

  /** An effect of a handler, in the transaction at hand. */
  public void effect(JobId job) {
    if (isPlanted(PlantedFault.EFFECT_IN_ITS_OWN_TRANSACTION)) {
      kernel.giveWay();
      watcher.effect(job);
      return;
    }
    statement(
        session -> {
          session.effects.add(job);
          return job;
        });
  }

  /** Until when results have been dropped, as a statement of {@code session} sees it. */
  Map<String, Instant> droppedUntil(Session session) {
    return session.droppedUntil == null ? droppedUntil : session.droppedUntil;
  }

  Map<UUID, WorkerRow> workers() {
    return workers;
  }

  @Nullable OwnerEnd endOf(@Nullable UUID owner) {
    WorkerRow row = owner == null ? null : workers.get(owner);
    return row == null ? null : row.end();
  }

  /** The clock of the server. */
  Node clock() {
    return clock;
  }

  boolean isPlanted(PlantedFault fault) {
    return faults.contains(fault);
  }

  void note(Supplier<String> what) {
    kernel.note(what);
  }

  private void refuseIfDown() {
    if (down) {
      throw lost();
    }
  }

  private void refuseIfLost(Session session) {
    if (session.lost || down) {
      throw lost();
    }
  }

  private static DataAccessResourceFailureException lost() {
    return new DataAccessResourceFailureException("the connection to the database is lost");
  }
}
