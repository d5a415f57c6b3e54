package io.millrace.standalone.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is started with.
 *
 * @param folder where data and log are kept
 * @param doors how people come in
 * @param broker an AMQP URI; null for the embedded broker
 * @param database null for the embedded database
 * @param plugins a folder of plugins; null for none but those that come with the engine
 * @param console what of the log goes to the console; all of it goes to the file
 */
public record EngineSettings(
    DataFolder folder,
    Doors doors,
    @Nullable String broker,
    @Nullable DatabaseAddress database,
    @Nullable Path plugins,
    Console console) {

  /**
   * How people come in.
   *
   * @param port of the API; 0 for a free one
   * @param dashboard whether there is JobRunr's dashboard behind the API
   */
  public record Doors(int port, boolean dashboard) {}

  /** Of the API; 0 for a free one. */
  public int port() {
    return doors.port();
  }

  /** What of the log goes to the console, named as the log's thresholds are. */
  public enum Console {
    /** Nothing. */
    OFF,
    /** What is not as it should be. */
    WARN,
    /** What the log has, too. */
    TRACE
  }

  @Override
  public String toString() {
    return "EngineSettings[folder=%s, port=%d]".formatted(folder.path(), port());
  }
}
