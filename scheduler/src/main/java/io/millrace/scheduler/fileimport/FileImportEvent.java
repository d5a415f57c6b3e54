package io.millrace.scheduler.fileimport;

import java.util.UUID;

/** What happens to files and their lines. */
sealed interface FileImportEvent {

  /**
   * A chunk of lines is committed.
   *
   * @param jobs lines that became one
   * @param duplicates lines whose job was there
   */
  record LinesImported(String source, long jobs, long duplicates, long rejected)
      implements FileImportEvent {}

  /** A run was requested for a file in the inbox. */
  record FileFound(String file, UUID run) implements FileImportEvent {}

  /**
   * A file stays in the inbox; told once.
   *
   * @param reason why, and what to do
   */
  record FileLeft(String file, String reason) implements FileImportEvent {}

  /**
   * The inbox was looked at.
   *
   * @param files that are in it
   * @param left how many of them stay until somebody does something
   */
  record InboxSeen(int files, int left) implements FileImportEvent {}

  /** The inbox could not be looked at, for the first time in a row. */
  record WatchFailed(String reason) implements FileImportEvent {}

  /** It can be looked at again. */
  record WatchRecovered() implements FileImportEvent {}
}
