package io.millrace.scheduler.statement;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The daily statement. The same for all schedulers of one database.
 *
 * @param zone where a day begins and ends: a job belongs to the day of its end
 * @param folder where a CSV and a JSON file is written for each tenant; empty for none. All
 *     schedulers see the same files there
 */
@ConfigurationProperties("millrace.statement")
public record StatementProperties(
    @DefaultValue("UTC") String zone, @DefaultValue("") String folder) {

  public StatementProperties {
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "millrace.statement.zone is '%s': write a zone such as Europe/Berlin or UTC"
              .formatted(zone),
          e);
    }
  }

  ZoneId zoneId() {
    return ZoneId.of(zone);
  }

  /** Empty if no files are wanted. */
  Optional<Path> path() {
    return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
  }
}
