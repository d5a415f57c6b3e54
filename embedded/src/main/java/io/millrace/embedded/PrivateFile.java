package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Files and secrets that only the user who runs the process may read. */
final class PrivateFile {

  private static final SecureRandom RANDOM = new SecureRandom();

  private PrivateFile() {}

  /** Replaces {@code file} by one with {@code text} in it, readable by its owner alone. */
  static Path write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, ownerOnly());
    return Files.writeString(file, text);
  }

  /** The secret that {@code file} keeps; a new one is made if there is none. */
  static String secret(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] secret = new byte[16];
      RANDOM.nextBytes(secret);
      write(file, HexFormat.of().formatHex(secret));
    }
    return Files.readString(file).strip();
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
