package io.millrace.client;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import org.jspecify.annotations.Nullable;

/**
 * A job whose message the broker has confirmed: it is stored, and a queue has it.
 *
 * @param id the id under which its status can be asked; null if the message named no tenant, which
 *     the id is derived from
 */
public record PublishedJob(JobType type, String messageId, @Nullable JobId id) {}
