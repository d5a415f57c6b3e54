package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whom PostgreSQL's programs run as: it refuses to run as root. In that case they run in a user
 * namespace of their own, where root is nobody, or where a container forbids that, as nobody.
 *
 * @param prefix what stands before each command
 * @param nobody whether the files must belong to the user nobody
 */
record ServerAccount(List<String> prefix, boolean nobody) {

  /** The user and group nobody on Debian, and the kernel's overflow ids. */
  private static final String NOBODY = "65534";

  private static final Path OUTSIDE_ROOTS_HOME = Path.of("/var/tmp/millrace-cache");

  ServerAccount {
    prefix = List.copyOf(prefix);
  }

  static ServerAccount choose() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new ServerAccount(List.of(), false);
    }
    if (succeeds(List.of("unshare", "-U", "true"))) {
      return new ServerAccount(List.of("unshare", "-U"), false);
    }
    return new ServerAccount(
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), true);
  }

  /** Hands {@code folder} and all in it to the account. */
  void own(Path folder) {
    if (nobody) {
      succeeds(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()));
    }
  }

  /** Where unpacked programs are kept, readable by the account and writable by nobody else. */
  Path cache() throws IOException {
    Path folder = nobody ? OUTSIDE_ROOTS_HOME : userCache().resolve("millrace");
    Files.createDirectories(folder);
    if (nobody && !"root".equals(Files.getOwner(folder).getName())) {
      throw new IOException(folder + " belongs to somebody else: remove it");
    }
    return folder;
  }

  private static Path userCache() {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    return xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
