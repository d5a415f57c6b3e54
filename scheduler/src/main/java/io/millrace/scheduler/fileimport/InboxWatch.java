package io.millrace.scheduler.fileimport;

import io.millrace.core.BackgroundWork;
import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.BatchRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Looks into the inbox again and again, and requests a run for each file that is complete: one that
 * has not changed for as long as configured, as far as this process has seen. Several schedulers
 * may look at one inbox, for all of them together get one run for a file.
 */
final class InboxWatch extends BackgroundWork {

  private final ImportFolder folder;
  private final ImportSources sources;
  private final BatchRunStore runs;
  private final Pace pace;
  private final InstantSource clock;
  private final FileImportListener listener;
  private final Semaphore stopped = new Semaphore(0);
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, String> left = new HashMap<>();
  private boolean isWell = true;

  /**
   * When it looks.
   *
   * @param every so often; not at all if it is zero
   * @param settledAfter how long a file has to be unchanged
   * @param nanos a clock that never goes back
   */
  record Pace(Duration every, Duration settledAfter, LongSupplier nanos) {}

  /** How a file was, since when. */
  private record Seen(long size, FileTime modified, long since) {

    boolean isSame(Seen later) {
      return size == later.size && modified.equals(later.modified);
    }
  }

  InboxWatch(
      ImportFolder folder,
      ImportSources sources,
      BatchRunStore runs,
      Pace pace,
      InstantSource clock,
      FileImportListener listener) {
    super("millrace-file-import");
    this.folder = folder;
    this.sources = sources;
    this.runs = runs;
    this.pace = pace;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  protected void work() throws InterruptedException {
    while (!isStopping() && !pace.every().isZero()) {
      tick();
      stopped.tryAcquire(pace.every().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  protected void wake() {
    stopped.release();
  }

  /** One look; never throws what another look may not meet again. */
  void tick() {
    try {
      look();
      if (!isWell) {
        isWell = true;
        listener.on(new FileImportEvent.WatchRecovered());
      }
    } catch (IOException | DataAccessException e) {
      if (isWell) {
        isWell = false;
        listener.on(new FileImportEvent.WatchFailed(e.toString()));
      }
    }
  }

  private void look() throws IOException {
    List<String> files = folder.waiting();
    seen.keySet().retainAll(files);
    left.keySet().retainAll(files);
    for (String file : files) {
      if (isComplete(file)) {
        leaveOrNot(file, request(file));
      }
    }
    listener.on(new FileImportEvent.InboxSeen(files.size(), left.size()));
  }

  private boolean isComplete(String file) throws IOException {
    Seen now;
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(
              folder.inInbox(file), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      now = new Seen(attributes.size(), attributes.lastModifiedTime(), pace.nanos().getAsLong());
    } catch (NoSuchFileException _) { // a run has just taken it
      return false;
    }
    Seen before = seen.get(file);
    if (before == null || !before.isSame(now)) {
      seen.put(file, now);
      return pace.settledAfter().isZero();
    }
    return now.since() - before.since() >= pace.settledAfter().toNanos();
  }

  /** Why the file stays where it is; null if it does not. */
  private @Nullable String request(String file) {
    String problem = ImportFolder.problem(file);
    if (problem != null) {
      return problem;
    }
    if (sources.ofFile(file).isEmpty()) {
      return "no source has such files, or more than one has: see millrace.file-import.sources";
    }
    BatchRequest answer =
        runs.request(
            FileImport.JOB,
            Map.of(FileImport.FILE, file),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            FileImport.WATCH);
    return switch (answer) {
      case BatchRequest.Accepted(BatchRun run) -> {
        listener.on(new FileImportEvent.FileFound(file, run.id()));
        yield null;
      }
      case BatchRequest.Taken(BatchRun run) -> obstacle(run);
      case BatchRequest.UnknownJob _ -> null; // the scheduler is about to make it known
      case BatchRequest.WrongParameters(String why) -> why;
    };
  }

  private static @Nullable String obstacle(BatchRun run) {
    return run.state() == BatchRunState.STOPPED || run.state() == BatchRunState.FAILED
        ? "run %s of a file of this name has %s: restart it, or abandon it"
            .formatted(run.id(), run.state() == BatchRunState.FAILED ? "failed" : "stopped")
        : null;
  }

  private void leaveOrNot(String file, @Nullable String reason) {
    if (reason == null) {
      left.remove(file);
    } else if (!reason.equals(left.put(file, reason))) {
      listener.on(new FileImportEvent.FileLeft(file, reason));
    }
  }
}
