/**
 * Hands jobs to the engine: by message, confirmed, bounded, and back by itself when the broker was
 * gone; or in a transaction on the engine's database.
 *
 * <h2>Publish or enqueue</h2>
 *
 * <p>A message and a transaction of yours cannot commit together: if the process dies between them,
 * one is there without the other. Where that matters, and your tables are in the engine's database,
 * enqueue the job instead. {@link JobOutbox} writes it over your own connection:
 *
 * <pre>{@code
 * connection.setAutoCommit(false);
 * insertLoan(connection, loan);
 * outbox.job("loan.amortize").tenant("acme").messageId("loan-1").payload(loan).enqueue(connection);
 * connection.commit();
 * }</pre>
 *
 * <p>In a Spring application the connection is that of the running transaction, {@code
 * DataSourceUtils.getConnection(dataSource)}. The job is there if and only if you commit; the
 * engine's dispatcher then puts it into its queue, within a moment. The message id is the
 * idempotency key here too: enqueued twice, or enqueued and published, a job runs once.
 *
 * <p>Other languages call the SQL function {@code enqueue_job}, which {@code JobOutbox} calls as
 * well; migration V4 of the engine explains it. An operator permits it to a database user with
 * {@code GRANT USAGE ON SCHEMA} and {@code GRANT EXECUTE ON FUNCTION enqueue_job}.
 *
 * <p>An enqueued job costs more writes than a published one, and its commit waits in line with all
 * that notify. For streams of thousands a second, {@link JobPublisher} is the way.
 */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;
