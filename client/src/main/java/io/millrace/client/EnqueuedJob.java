package io.millrace.client;

import io.millrace.client.contract.JobId;

/**
 * A job that a transaction has enqueued; it is there once that transaction has committed.
 *
 * @param id the id under which its status can be asked
 * @param isNew false if the tenant has had the same job under this message id before, and so
 *     nothing was changed
 */
public record EnqueuedJob(JobId id, boolean isNew) {}
