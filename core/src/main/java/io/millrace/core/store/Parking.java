package io.millrace.core.store;

import io.millrace.client.contract.JobId;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.LeaseToken;

/**
 * What a running job is to be parked for.
 *
 * @param token under which it runs
 */
public record Parking(JobId job, LeaseToken token, DependencyKey dependency) {}
