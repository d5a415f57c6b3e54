package io.millrace.chaos.history;

import io.millrace.chaos.load.Announcement;
import io.millrace.chaos.load.Publication;
import io.millrace.chaos.work.RunLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Puts a history together. */
public final class HistoryReader {

  private final HistoryStore store;
  private final Path runs;

  /**
   * @param runs the folder of {@link RunLog}
   */
  public HistoryReader(HistoryStore store, Path runs) {
    this.store = store;
    this.runs = runs;
  }

  /** What the world outside knows, and what the database and the handlers wrote down. */
  public History read(
      List<Publication> published,
      List<Announcement> announced,
      Map<String, Long> left,
      List<String> selfEnded) {
    return new History(
        published,
        RunLog.readAll(runs),
        store.jobs(),
        store.failures(),
        store.quarantined(),
        announced,
        store.changes(),
        store.effects(),
        left,
        selfEnded);
  }
}
