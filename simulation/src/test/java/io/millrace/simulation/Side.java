package io.millrace.simulation;

import io.millrace.core.lease.WorkerStore;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.ResultStore;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tables, in memory or in PostgreSQL.
 *
 * @param rows all jobs, in words
 */
record Side(
    JobStore jobs,
    DueStore due,
    ResultStore results,
    WorkerStore workers,
    TransactionOperations transaction,
    Supplier<List<String>> rows) {}
