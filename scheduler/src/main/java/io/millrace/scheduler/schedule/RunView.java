package io.millrace.scheduler.schedule;

/** Where people look at a run. */
interface RunView {

  /** A line. */
  void say(String line);

  /** A line that asks for attention. */
  void warn(String line);

  /**
   * How far it is.
   *
   * @param total 1 or more
   */
  void progress(long done, long total, long skipped);
}
