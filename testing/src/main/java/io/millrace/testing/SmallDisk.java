package io.millrace.testing;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file system of its own, in memory, that can be filled up. Only root on Linux can have one, and
 * not in every container.
 */
final class SmallDisk implements AutoCloseable {

  private static final String SIZE = "1g";
  private static final int BLOCK = 1 << 20;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Whether this process may mount one. */
  static boolean isPossible() {
    try (ServerFolder folder = ServerFolder.create("disk");
        SmallDisk disk = mount(folder.path())) {
      return Files.getFileStore(disk.path).getTotalSpace() > 0;
    } catch (IOException | TestServerException e) {
      return false;
    }
  }

  /** Mounts one over a folder, which has to be empty. */
  static SmallDisk mount(Path path) {
    SmallDisk disk = new SmallDisk(path);
    if (!call("mount", "-t", "tmpfs", "-o", "mode=700,size=" + SIZE, "millrace", path.toString())) {
      throw new TestServerException("cannot mount a file system at " + path);
    }
    return disk;
  }

  /** Takes all the room that is left, with a file of zeros. */
  void fill() {
    try (FileChannel ballast =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
      while (true) {
        ballast.write(zeros.clear());
      }
    } catch (FileSystemException e) {
      throw new TestServerException("cannot open " + ballast(), e);
    } catch (IOException _) {
      return; // no space left on device
    }
  }

  /** Gives the room back. */
  void free() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new TestServerException("cannot remove " + ballast(), e);
    }
  }

  /** Takes it away with all that is on it, even if a process that is about to end still uses it. */
  @Override
  public void close() {
    call("umount", "-l", path.toString());
  }

  private Path ballast() {
    return path.resolve("ballast");
  }

  private static boolean call(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
