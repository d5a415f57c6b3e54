package io.millrace.core.catalogue;

import io.millrace.client.contract.JobType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A type of jobs that some worker has a handler for.
 *
 * @param handler the class of the handler
 * @param dependency what all its calls depend upon; null if it makes none, or they differ
 * @param schema the JSON Schema of its payload; null if it has none
 * @param version of the worker that said so
 * @param since when that became so
 */
public record KnownJobType(
    JobType type,
    HandlerKind kind,
    String handler,
    @Nullable String dependency,
    @Nullable String schema,
    String version,
    Instant since) {}
