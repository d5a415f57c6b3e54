package io.millrace.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once for each version into a cache that later starts share. The
 * archives are those of the zonky project, on the class path.
 */
final class PostgresBinaries {

  private static final boolean WINDOWS = systemName().startsWith("windows");

  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  /** The programs for this machine, unpacked below {@code cache} if they are not there yet. */
  static synchronized PostgresBinaries in(Path cache) {
    String archive = archive();
    try {
      Path folder = cache.resolve("postgresql-" + fingerprint(archive));
      if (!Files.isDirectory(folder)) {
        unpack(archive, folder);
      }
      return new PostgresBinaries(folder);
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot unpack PostgreSQL into " + cache, e);
    }
  }

  /** The program {@code name}, such as {@code initdb}. */
  Path program(String name) {
    return folder.resolve("bin").resolve(WINDOWS ? name + ".exe" : name);
  }

  private static String archive() {
    String system =
        WINDOWS ? "windows" : systemName().startsWith("mac") ? "darwin" : systemName().strip();
    String machine =
        switch (System.getProperty("os.arch", "")) {
          case "aarch64" -> WINDOWS ? "x86_64" : "arm_64"; // Windows on ARM runs x86-64 programs
          case "amd64", "x86_64" -> "x86_64";
          case String other -> other;
        };
    return "postgres-%s-%s.txz".formatted(system, machine);
  }

  private static String systemName() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  }

  private static InputStream open(String archive) throws IOException {
    @Nullable InputStream stream =
        PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
    if (stream == null) {
      throw new IOException(
          "there is no embedded PostgreSQL for this machine ("
              + archive
              + "): use a PostgreSQL server");
    }
    return new BufferedInputStream(stream, 1 << 16);
  }

  private static String fingerprint(String archive) throws IOException {
    try (InputStream in = open(archive)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Unpacks beside {@code folder} and renames, so that nobody ever sees half of it. */
  private static void unpack(String archive, Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    Path unfinished = Files.createTempDirectory(folder.getParent(), "unpacking-");
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, unfinished);
      }
      makeReadable(unfinished);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) { // else another process was faster
        throw e;
      }
    } finally {
      delete(unfinished);
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("the archive leads out of its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    if ((entry.getMode() & 0100) != 0) {
      target.toFile().setExecutable(true, false);
    }
  }

  /** A temporary directory is its owner's alone, and the server may run as another user. */
  private static void makeReadable(Path folder) {
    folder.toFile().setReadable(true, false);
    folder.toFile().setExecutable(true, false);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
