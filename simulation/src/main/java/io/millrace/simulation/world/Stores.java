package io.millrace.simulation.world;

import io.millrace.core.lease.WorkerStore;
import io.millrace.core.store.DueStore;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.QuarantineStore;
import io.millrace.core.store.ResultStore;

/** The tables, as the engine reaches them. */
record Stores(
    JobStore jobs,
    DueStore due,
    ResultStore results,
    WorkerStore workers,
    QuarantineStore quarantine) {}
