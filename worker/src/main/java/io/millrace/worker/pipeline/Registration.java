package io.millrace.worker.pipeline;

import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.lease.WorkerStore;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.signal.Pace;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes a worker known: who it is, what it can do, and how much it does.
 *
 * @param name as operators know it
 * @param version of the program
 */
record Registration(
    WorkerStore workers,
    JobTypeStore types,
    HandlerRegistry handlers,
    Pace pace,
    String name,
    String version) {

  /**
   * Makes an incarnation known that begins now. What it can do comes first: it is safe to repeat.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer or refuses
   */
  void register(UUID incarnation, Instant now) {
    types.record(handlers.known(version, now));
    workers.register(incarnation, name, version, now);
    workers.handles(incarnation, handlers.types());
  }
}
