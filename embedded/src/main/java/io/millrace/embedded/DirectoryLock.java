package io.millrace.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data directory to one process at a time. The operating system frees the lock with the
 * process, however that ends.
 */
final class DirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes {@code directory}, which is created if it is not there.
   *
   * @throws EmbeddedServerException if a live process has it
   */
  static DirectoryLock take(Path directory) {
    try {
      Files.createDirectories(directory);
      return take(directory, open(directory.resolve("lock")));
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot use the directory " + directory, e);
    }
  }

  private static DirectoryLock take(Path directory, FileChannel channel) throws IOException {
    if (tryLock(channel) == null) {
      String owner = read(channel);
      channel.close();
      throw new EmbeddedServerException(
          "%s is in use by the process %s: stop that first, or choose another directory"
              .formatted(directory, owner));
    }
    channel.truncate(0);
    channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
    return new DirectoryLock(channel);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process holds it
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    return UTF_8.decode(text.flip()).toString();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot release the lock of a data directory", e);
    }
  }
}
