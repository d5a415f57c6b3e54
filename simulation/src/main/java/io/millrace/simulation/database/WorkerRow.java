package io.millrace.simulation.database;

import io.millrace.core.lease.OwnerEnd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table of workers. */
record WorkerRow(long heartbeat, @Nullable Instant endedAt, @Nullable OwnerEnd end) {}
