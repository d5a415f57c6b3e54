package io.millrace.simulation.fault;

/**
 * A mistake that can be put into the simulated world on purpose, to see that the simulation finds
 * it. Each is one that an engine of this kind could have.
 */
public enum PlantedFault {
  /** A write does not ask whether the lease is still its own. */
  NO_FENCING,
  /** A message is acknowledged when it arrives, and not when its fate is durable. */
  ACKNOWLEDGED_BEFORE_COMMIT,
  /** A publisher goes on before the broker has confirmed. */
  COMMITTED_BEFORE_CONFIRM,
  /** A row is judged while another transaction has it locked. */
  JUDGED_WITHOUT_LOCK,
  /** A replay runs under the number of the attempt before. */
  ATTEMPT_REUSED_ON_REPLAY,
  /** Nobody leaves the announcement of an end to the dispatcher. */
  NO_ANNOUNCE_DUE,
  /** An acknowledgement of a channel that is gone is sent on the next one. */
  STALE_ACKNOWLEDGEMENT,
  /** Nobody looks for the jobs of dead workers whose messages are gone. */
  ORPHANS_FORGOTTEN,
  /** A job is convicted whether or not others ran beside it. */
  INNOCENTS_CONVICTED,
  /** A second insert of the same job wins over the first. */
  INSERT_OVERWRITES,
  /** Two dispatchers count the same free places. */
  PLACES_COUNTED_WITHOUT_LOCK,
  /** The effect of a handler is committed before the success of its job. */
  EFFECT_IN_ITS_OWN_TRANSACTION
}
