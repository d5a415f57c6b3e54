package io.millrace.core.store;

import io.millrace.core.job.Job;

/**
 * A job whose row is locked by the transaction that read it.
 *
 * @param job as it stands
 * @param ownerEnded whether the worker that runs it has signed off or was declared dead
 */
public record LockedJob(Job job, boolean ownerEnded) {}
