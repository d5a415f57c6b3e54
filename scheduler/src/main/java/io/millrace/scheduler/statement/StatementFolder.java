package io.millrace.scheduler.statement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The folder of the files: {@code 2026-03-31/acme.csv}. A file is there as a whole or not at all,
 * and what it says is on the disk before it is.
 */
final class StatementFolder {

  /** What every file system takes for a name, and for another one if it differs. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

  private static final int LEGIBLE = 60;

  private final Path folder;

  StatementFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes a file in place of the one that may be there. */
  void write(UUID run, LocalDate date, String tenant, String ending, byte[] content)
      throws IOException {
    Path file = file(date, tenant, ending);
    Path unfinished = file.resolveSibling("." + file.getFileName() + "." + run);
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, ATOMIC_MOVE);
  }

  /** Removes a file, if it is there. */
  void remove(LocalDate date, String tenant, String ending) throws IOException {
    Files.deleteIfExists(file(date, tenant, ending));
  }

  private Path file(LocalDate date, String tenant, String ending) {
    return folder.resolve(date.toString()).resolve(nameOf(tenant) + "." + ending);
  }

  /**
   * The name of a tenant's files. A name that is not plain becomes what is legible of it and a
   * hash, so that no two tenants have the same, also where capitals are not told apart.
   */
  static String nameOf(String tenant) {
    if (PLAIN.matcher(tenant).matches()) {
      return tenant;
    }
    String legible = tenant.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
    return legible.substring(0, Math.min(LEGIBLE, legible.length())) + "~" + hash(tenant);
  }

  private static String hash(String tenant) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(tenant.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
