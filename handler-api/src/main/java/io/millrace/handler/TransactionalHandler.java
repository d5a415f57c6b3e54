package io.millrace.handler;

import java.sql.Connection;

/**
 * Work in the engine's own PostgreSQL database. What the handler does by SQL and the success of its
 * job commit in one transaction, and only while the job is still this worker's: the effect happens
 * exactly once, whatever crashes, and not at all if the job fails or is cancelled.
 *
 * <p>The transaction is open when the handler begins, at the level {@code READ COMMITTED}; the
 * engine commits it. What the handler does elsewhere, such as a call over the network, is outside
 * the guarantee, and keeps locks and a connection while it waits.
 *
 * @param <I> the input, read from the job's payload
 * @param <O> the result, kept with the job
 */
@FunctionalInterface
public non-sealed interface TransactionalHandler<I, O> extends JobHandler<I, O> {

  /**
   * Does the work of one job.
   *
   * @param connection in the transaction of this job; not to be committed, rolled back or closed,
   *     which it refuses, though savepoints are allowed. Not to be used after the return.
   * @throws PermanentFailure if the job can never succeed
   * @throws Exception anything else; what was done by SQL is undone, and the job is tried again as
   *     its type's configuration says
   */
  O handle(I input, Connection connection, JobContext context) throws Exception;
}
