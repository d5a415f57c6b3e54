package io.millrace.core.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The results of jobs that succeeded long ago, and how far they have been dropped. It never begins
 * a transaction; what it answers holds until the transaction at hand ends. Safe for use by many
 * threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface ResultStore {

  /** Stands for all types that have no progress of their own. */
  String OTHERS = "*";

  /**
   * What to look at.
   *
   * @param after when its jobs ended, exclusively
   * @param until when its jobs ended, inclusively
   * @param types whose results to drop
   * @param allBut whether it is those of all types but {@code types}
   */
  record Slice(Instant after, Instant until, Set<String> types, boolean allBut) {

    public Slice {
      types = Set.copyOf(types);
    }
  }

  /**
   * How much of one look there may be.
   *
   * @param seen how many results to look at
   * @param dropped how many of them to drop
   */
  record Most(int seen, int dropped) {}

  /**
   * What came of it.
   *
   * @param seen how many results there were in the slice, of whatever type; if as many as there may
   *     be, there may be more
   * @param due how many of these were to be dropped
   * @param dropped how many of these were
   */
  record Dropped(int seen, int due, int dropped) {}

  /**
   * Claims the dropping of results for this transaction.
   *
   * @return until when results have been dropped, by type and for {@link #OTHERS}; empty if another
   *     is at it
   */
  Optional<Map<String, Instant>> claim();

  /** Says until when results have been dropped, by type and for {@link #OTHERS}. */
  void save(Map<String, Instant> droppedUntil);

  /**
   * Drops results, but those of jobs whose end is to be announced, and of rows that another has
   * locked.
   *
   * @param now what the rows are to say about when it was
   */
  Dropped drop(Slice slice, Most most, Instant now);
}
