package io.millrace.admin.quarantine;

import org.jspecify.annotations.Nullable;

/**
 * What to do with many messages: with those that match all that is said, those that came first
 * coming first.
 *
 * @param reason only with this reason
 * @param queue only from this queue
 * @param type only with this routing key
 * @param text only with this in their explanation
 * @param tenant whose the jobs are to be, of messages that name nobody; to resubmit only
 * @param limit how many; 1 to 500, and 100 if it is left out
 * @param note for people
 */
record BulkRequest(
    @Nullable String reason,
    @Nullable String queue,
    @Nullable String type,
    @Nullable String text,
    @Nullable String tenant,
    @Nullable Integer limit,
    String note) {}
