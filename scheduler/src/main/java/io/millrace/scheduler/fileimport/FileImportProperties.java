package io.millrace.scheduler.fileimport;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which files become jobs. The same for all schedulers of one database, which all see the folder.
 *
 * @param folder with the inbox in it; empty if no files are imported
 * @param look how often to look into the inbox; 100 ms to 1 h, or 0 for never
 * @param settledAfter how long a file has to be unchanged until it is taken for complete; 0 to 1 h
 * @param maxPayload the largest payload, and the longest line, in bytes; 1 KB to 64 MB
 * @param chunk how many lines a transaction has; 1 to 10,000
 * @param sources what is in which files, by a name of their own
 */
@ConfigurationProperties(FileImportProperties.PREFIX)
public record FileImportProperties(
    @DefaultValue("") String folder,
    @DefaultValue("5s") Duration look,
    @DefaultValue("10s") Duration settledAfter,
    @DefaultValue("1MB") DataSize maxPayload,
    @DefaultValue("1000") int chunk,
    @DefaultValue Map<String, Source> sources) {

  static final String PREFIX = "millrace.file-import";

  public FileImportProperties {
    sources = Map.copyOf(sources);
    if (!look.isZero()) {
      Bounds.require(PREFIX + ".look", look, Duration.ofMillis(100), Duration.ofHours(1));
    }
    Bounds.require(PREFIX + ".settled-after", settledAfter, Duration.ZERO, Duration.ofHours(1));
    Bounds.require(
        PREFIX + ".max-payload", maxPayload, DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));
    Bounds.require(PREFIX + ".chunk", chunk, 1, 10_000);
  }

  /** What a file is written in. */
  public enum Format {
    CSV,
    JSON_LINES
  }

  /**
   * What is in some files.
   *
   * @param files the names of the files, in which {@code *} stands for anything and {@code ?} for
   *     one character
   * @param format what they are written in
   * @param jobs what becomes of a line
   * @param csv how CSV is written
   */
  public record Source(
      @DefaultValue("") String files,
      @DefaultValue("CSV") Format format,
      @DefaultValue Jobs jobs,
      @DefaultValue Csv csv) {}

  /**
   * What becomes of a line.
   *
   * @param tenant who the jobs belong to
   * @param type of the jobs
   * @param id the column, or the member of the JSON object, that is the message id; empty to derive
   *     it from the whole line
   * @param subject the column or member that is the person the line is about; empty if there is
   *     none
   * @param lane which of the type's queues the jobs take
   * @param schema a file with the JSON Schema of the payload; empty if it is not checked here
   */
  public record Jobs(
      @DefaultValue("") String tenant,
      @DefaultValue("") String type,
      @DefaultValue("") String id,
      @DefaultValue("") String subject,
      @DefaultValue("NORMAL") Lane lane,
      @DefaultValue("") String schema) {

    JobType jobType() {
      return new JobType(type);
    }
  }

  /**
   * How CSV is written, as RFC 4180 says but for what is configured.
   *
   * @param separator between two fields, one character of ASCII
   * @param columns their names, for files without a header; none if the first line is one
   * @param numbers columns that become numbers in the payload; the others become strings
   * @param lineBreaks whether a quoted field may have line breaks in it
   */
  public record Csv(
      @DefaultValue(",") String separator,
      @DefaultValue List<String> columns,
      @DefaultValue List<String> numbers,
      @DefaultValue("false") boolean lineBreaks) {

    public Csv {
      columns = List.copyOf(columns);
      numbers = List.copyOf(numbers);
    }

    char separatorCharacter() {
      return separator.charAt(0);
    }
  }
}
