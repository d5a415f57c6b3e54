package io.millrace.admin.audit;

import org.jspecify.annotations.Nullable;

/**
 * What somebody has done.
 *
 * @param action such as {@code job.cancel}
 * @param resource such as {@code jobs/6f1c0a52-8a5e-8c3b-9f0e-2b6d3f7f3f10}
 * @param tenant whose it is; null if it is nobody's
 * @param before what it was: a small map or a view, without payloads; null if there was nothing
 * @param after what it is since; null if there is nothing
 */
public record Change(
    String action,
    String resource,
    @Nullable String tenant,
    @Nullable Object before,
    @Nullable Object after) {}
