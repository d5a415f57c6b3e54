package io.millrace.core.store;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.pause.KnownPause;
import io.millrace.core.pause.Paused;
import io.millrace.core.pause.PausedPart;
import java.util.List;

/**
 * What is paused, for all processes, and the jobs that were set aside for it. Every change is told
 * to all workers by {@link Notifications#PAUSE}. Every method joins the transaction at hand, if
 * there is one. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface PauseStore {

  /** A type and a lane of which jobs wait. */
  record SetAside(JobType type, Lane lane) {}

  /** What is paused now. */
  Paused current();

  /** The same with who, when and why, what was paused first coming first. */
  List<KnownPause> all();

  /**
   * Pauses a part, from now on.
   *
   * @param by who pauses it
   * @param reason for people
   * @return false, and nothing was changed, if it is paused already
   */
  boolean pause(PausedPart part, String by, String reason);

  /**
   * Takes a pause back.
   *
   * @return false if it was not paused
   */
  boolean resume(PausedPart part);

  /** Of what jobs wait as {@code PAUSED}. */
  List<SetAside> setAside();

  /** Locks jobs that wait so, those first that were due first. Needs a transaction. */
  List<JobHead> lockSetAside(SetAside which, int most);
}
