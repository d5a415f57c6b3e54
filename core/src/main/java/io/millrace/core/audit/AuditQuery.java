package io.millrace.core.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records somebody looks for; what is null does not matter.
 *
 * @param since from then on
 * @param until before then
 */
public record AuditQuery(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String resource,
    @Nullable Instant since,
    @Nullable Instant until) {}
