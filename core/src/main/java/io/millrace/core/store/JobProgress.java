package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.LeaseToken;

/**
 * How far a job is, as its handler says.
 *
 * @param id of the job
 * @param token under which it runs
 * @param done the part that is done, from 0 to 1
 * @param note what it is at, for people
 */
public record JobProgress(JobId id, LeaseToken token, double done, String note) {}
