package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's own programs, called for one data directory. */
final class PostgresControl {

  private static final String STOP_SECONDS = "60";
  private static final String START_SECONDS = "120"; // a crash recovery may take its time
  private static final int LOG_LINES = 12;

  private final ServerAccount account = ServerAccount.choose();
  private final PostgresBinaries binaries;
  private final Path home;
  private final Path data;
  private final Path log;

  /**
   * @param home the folder that holds the data, the log and the password
   */
  PostgresControl(Path home) throws IOException {
    this.home = home;
    this.data = home.resolve("data");
    this.log = home.resolve("postgresql.log");
    this.binaries = PostgresBinaries.in(account.cache());
  }

  Path data() {
    return data;
  }

  /** Makes the cluster, beside its final place, so that a broken attempt leaves nothing behind. */
  void initialise(String user, String password) throws IOException {
    Path unfinished = home.resolve("data.unfinished");
    PostgresBinaries.delete(unfinished);
    Path secret = PrivateFile.write(home.resolve("initial-password"), password);
    try {
      account.own(home);
      run(
          "initdb",
          List.of(
              "--pgdata=" + unfinished,
              "--username=" + user,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8"));
    } finally {
      Files.delete(secret);
    }
    Files.writeString(
        unfinished.resolve("postgresql.conf"),
        "\ninclude_if_exists 'millrace.conf'\n",
        StandardOpenOption.APPEND);
    Files.move(unfinished, data);
  }

  /** Starts the server and returns when it takes connections. */
  void start() throws IOException {
    account.own(home);
    try {
      run(
          "pg_ctl",
          List.of("start", "-D", data.toString(), "-l", log.toString(), "-w", "-t", START_SECONDS));
    } catch (EmbeddedServerException e) {
      throw new EmbeddedServerException(
          "PostgreSQL did not start in %s; the end of its log:%n%s".formatted(home, endOfLog()), e);
    }
  }

  /** Stops the server and returns when it is gone. */
  void stop() throws IOException {
    run("pg_ctl", List.of("stop", "-D", data.toString(), "-m", "fast", "-w", "-t", STOP_SECONDS));
  }

  /**
   * The server that runs on the data directory, if one does. A pid file that a crash left behind
   * may name a process of somebody else by now; such a file is removed, or PostgreSQL would take
   * that process for a server and refuse to start.
   */
  Optional<ProcessHandle> server() throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    Optional<ProcessHandle> process =
        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(PostgresControl::isPostgres);
    if (process.isEmpty()) {
      Files.deleteIfExists(file);
    }
    return process;
  }

  private static boolean isPostgres(ProcessHandle process) {
    // a process that has ended and that nobody has collected yet has no command
    return process.info().command().filter(name -> name.contains("postgres")).isPresent();
  }

  private void run(String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(account.prefix());
    command.add(binaries.program(program).toString());
    command.addAll(arguments);
    // A file, not a pipe: a server that inherits a pipe would keep it open.
    Path output = home.resolve(program + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    int status = await(builder.directory(home.toFile()).start());
    if (status != 0) {
      throw new EmbeddedServerException(
          "%s ended with %d: %s".formatted(program, status, Files.readString(output).strip()));
    }
  }

  private static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while PostgreSQL started or stopped", e);
    }
  }

  private String endOfLog() throws IOException {
    if (!Files.exists(log)) {
      return "(none)";
    }
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}
