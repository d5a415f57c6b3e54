package io.millrace.scheduler.dispatch;

import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.store.DueStore;
import java.time.InstantSource;

/** What the passes look and act with. */
record Surroundings(
    DueStore due,
    DispatchPasses.Parked parked,
    DispatchTransaction transaction,
    DispatcherProperties properties,
    ConcurrencyProperties concurrency,
    InstantSource clock,
    DispatchListener events) {}
