package io.millrace.scheduler.fileimport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.batch.PermanentBatchFailure;
import io.millrace.core.InvalidSettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the files, with a folder in it for each thing that becomes of one: {@code inbox},
 * {@code work}, {@code done} and {@code rejected}. A file goes from one to the next in one step; on
 * its way it bears the id of its run, so that another of the same name is never in its place.
 */
final class ImportFolder {

  /** So that whatever is appended, no file system finds the name too long. */
  private static final int LONGEST_NAME = 180;

  private static final List<String> INCOMPLETE = List.of(".part", ".partial", ".filepart", ".tmp");

  private final Path inbox;
  private final Path work;
  private final Path done;
  private final Path rejected;

  private ImportFolder(Path root) throws IOException {
    this.inbox = Files.createDirectories(root.resolve("inbox"));
    this.work = Files.createDirectories(root.resolve("work"));
    this.done = Files.createDirectories(root.resolve("done"));
    this.rejected = Files.createDirectories(root.resolve("rejected"));
  }

  /**
   * Makes the folders in it that are missing.
   *
   * @throws InvalidSettingException if {@code folder} is none, or cannot be written
   */
  static ImportFolder at(String folder) {
    Path root = Path.of(folder).toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      throw new InvalidSettingException(
          "millrace.file-import.folder, %s, is no folder".formatted(root),
          "Create it, or mount it, on every scheduler.");
    }
    try {
      return new ImportFolder(root);
    } catch (IOException e) {
      throw new InvalidSettingException(
          "millrace.file-import.folder, %s, cannot be written: %s".formatted(root, e),
          "Give it to the user that the scheduler runs as.");
    }
  }

  /** Why no file of this name is imported; null if it may be. */
  static @Nullable String problem(String name) {
    if (name.isEmpty() || name.startsWith(".")) {
      return "a name may not be empty, nor begin with a dot";
    }
    if (name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
      return "a name may have no slash and no control character: files are taken from the inbox alone";
    }
    if (name.getBytes(UTF_8).length > LONGEST_NAME) {
      return "a name may have %d bytes at most".formatted(LONGEST_NAME);
    }
    return isIncomplete(name) ? "a name that ends so means that the file is not complete" : null;
  }

  private static boolean isIncomplete(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return INCOMPLETE.stream().anyMatch(small::endsWith);
  }

  /** The names of the files in the inbox, without links and what is hidden or still on its way. */
  List<String> waiting() throws IOException {
    try (Stream<Path> files = Files.list(inbox)) {
      return files
          .filter(ImportFolder::isFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(".") && !isIncomplete(name))
          .sorted()
          .toList();
    }
  }

  Path inInbox(String name) {
    return inbox.resolve(name);
  }

  Path inWork(String name, UUID run) {
    return work.resolve(ofRun(name, run));
  }

  Path inDone(String name, UUID run) {
    return done.resolve(ofRun(name, run));
  }

  /** Where the rejected lines of a file are listed. */
  Path rejectedLines(String name, UUID run) {
    return rejected.resolve(ofRun(name, run) + ".rejected.jsonl");
  }

  /** Where the lines of a file whose jobs were there are listed. */
  Path duplicateLines(String name, UUID run) {
    return rejected.resolve(ofRun(name, run) + ".duplicates.jsonl");
  }

  /**
   * Takes a file out of the inbox, unless that is done.
   *
   * @return false if there is none
   * @throws PermanentBatchFailure if it may not be taken
   */
  boolean take(String name, UUID run) throws IOException {
    String problem = problem(name);
    if (problem != null) {
      throw new PermanentBatchFailure("'%s' is not imported: %s".formatted(name, problem));
    }
    Path taken = inWork(name, run);
    if (isFile(taken)) {
      return true;
    }
    Path waiting = inInbox(name);
    if (!isFile(waiting)) {
      return false;
    }
    return move(waiting, taken);
  }

  /** Whether a file was put away. */
  boolean isArchived(String name, UUID run) {
    return isFile(inDone(name, run));
  }

  /** Puts a file away whose lines are jobs, unless that is done. */
  void archive(String name, UUID run) throws IOException {
    if (!move(inWork(name, run), inDone(name, run)) && !isFile(inDone(name, run))) {
      throw new PermanentBatchFailure(
          "'%s' has been taken away while it was imported, by somebody else".formatted(name));
    }
  }

  /** Moves a file in one step, durably; false if it is not there. */
  private static boolean move(Path from, Path to) throws IOException {
    if (isFile(to)) {
      if (isFile(from)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      return true;
    }
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException _) {
      return false;
    }
    sync(to.getParent());
    sync(from.getParent());
    return true;
  }

  /** Makes durable which files are in a folder. */
  static void sync(@Nullable Path folder) throws IOException {
    if (folder != null) {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static String ofRun(String name, UUID run) {
    return name + "." + run;
  }
}
