package io.millrace.scheduler.fileimport;

import java.nio.file.Path;
import java.util.UUID;

/**
 * The file that a run has taken.
 *
 * @param name as it was in the inbox
 * @param path where it is now
 */
record TakenFile(UUID run, String name, Path path, ImportSource source) {}
