package io.millrace.standalone.engine;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/**
 * Where a running engine is.
 *
 * @param pid its process
 * @param api such as {@code http://127.0.0.1:8080}
 * @param broker the AMQP URI, with user and password
 * @param database with user and password
 */
public record EngineAddress(long pid, URI api, String broker, DatabaseAddress database) {

  private static final String PID = "pid";
  private static final String API = "api";
  private static final String BROKER = "broker";
  private static final String DATABASE_URL = "database.url";
  private static final String DATABASE_USER = "database.user";
  private static final String DATABASE_PASSWORD = "database.password";

  public URI health() {
    return api.resolve("/actuator/health");
  }

  public URI metrics() {
    return api.resolve("/actuator/prometheus");
  }

  public URI job(Object id) {
    return api.resolve("/v1/jobs/" + id);
  }

  /** Replaces {@code file}, which nobody but its owner may read: there are passwords in it. */
  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(PID, Long.toString(pid));
    properties.setProperty(API, api.toString());
    properties.setProperty(BROKER, broker);
    properties.setProperty(DATABASE_URL, database.url());
    properties.setProperty(DATABASE_USER, database.user());
    properties.setProperty(DATABASE_PASSWORD, database.password());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, ownerOnly());
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      properties.store(writer, "where the running engine is");
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  static EngineAddress read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new EngineAddress(
        Long.parseLong(required(properties, PID)),
        URI.create(required(properties, API)),
        required(properties, BROKER),
        new DatabaseAddress(
            required(properties, DATABASE_URL),
            required(properties, DATABASE_USER),
            required(properties, DATABASE_PASSWORD)));
  }

  private static String required(Properties properties, String key) throws IOException {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IOException(key + " is missing");
    }
    return value;
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String toString() {
    return "EngineAddress[pid=%d, api=%s]".formatted(pid, api);
  }
}
