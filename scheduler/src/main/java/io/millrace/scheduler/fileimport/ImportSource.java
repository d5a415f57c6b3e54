package io.millrace.scheduler.fileimport;

import io.millrace.batch.PermanentBatchFailure;
import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobMessageWriter;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.InvalidSettingException;
import io.millrace.scheduler.fileimport.FileImportProperties.Csv;
import io.millrace.scheduler.fileimport.FileImportProperties.Format;
import io.millrace.scheduler.fileimport.FileImportProperties.Jobs;
import io.millrace.scheduler.fileimport.FileImportProperties.Source;
import io.millrace.scheduler.fileimport.LineReading.Content;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is in some files, and what jobs their lines are. Safe for use by many threads. */
final class ImportSource {

  /** A wildcard, and whatever may be in a name; none of the other signs of a glob. */
  private static final Pattern FILES = Pattern.compile("[^/\\\\\\[\\]{}]+");

  private static final LineReading NO_LINE =
      _ -> {
        throw new RejectedLineException("the file has no header");
      };

  private final String name;
  private final Source settings;
  private final PathMatcher files;
  private final JobType type;
  private final JobOptions options;
  private final @Nullable LineSchema schema;
  private final int maxPayload;

  private ImportSource(String name, Source settings, int maxPayload) {
    Jobs jobs = settings.jobs();
    this.name = name;
    this.settings = settings;
    this.files = FileSystems.getDefault().getPathMatcher("glob:" + settings.files());
    this.type = jobs.jobType();
    this.options =
        new JobOptions(jobs.lane(), null, null, null, null, null, null, null, null, null);
    this.schema =
        jobs.schema().isEmpty()
            ? null
            : LineSchema.of(key(name) + ".jobs.schema", Path.of(jobs.schema()));
    this.maxPayload = maxPayload;
  }

  /**
   * @throws InvalidSettingException if the settings make no source
   */
  static ImportSource of(String name, Source settings, int maxPayload) {
    Jobs jobs = settings.jobs();
    require(
        FILES.matcher(settings.files()).matches(),
        key(name) + ".files is '" + settings.files() + "'",
        "Say which files they are: a name, in which * and ? stand for others.");
    require(
        JobType.isValid(jobs.type()),
        key(name) + ".jobs.type is '" + jobs.type() + "'",
        "Name the type of the jobs: words of a-z, 0-9 and '-', joined by dots.");
    require(
        isTenant(jobs.tenant()),
        key(name) + ".jobs.tenant is '" + jobs.tenant() + "'",
        "Say who the jobs belong to, in 1 to 200 characters.");
    require(
        isSeparator(settings.csv().separator()),
        key(name) + ".csv.separator is '" + settings.csv().separator() + "'",
        "Use one character of ASCII, and neither a quote nor a line break.");
    requireColumns(name, settings);
    return new ImportSource(name, settings, maxPayload);
  }

  private static void requireColumns(String name, Source settings) {
    if (settings.format() == Format.CSV && !settings.csv().columns().isEmpty()) {
      try {
        new CsvReading(settings.csv().columns(), settings.csv(), settings.jobs());
      } catch (PermanentBatchFailure e) {
        throw new InvalidSettingException(
            key(name) + ".csv.columns: " + e.getMessage(), "Correct the names of the columns.");
      }
    }
  }

  private static boolean isTenant(String tenant) {
    try {
      new JobMessage(new JobType("a"), "a", tenant, new byte[0], JobOptions.NONE);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean isSeparator(String separator) {
    return separator.length() == 1
        && separator.charAt(0) < 0x7F
        && "\"\r\n\0".indexOf(separator.charAt(0)) < 0;
  }

  private static void require(boolean holds, String problem, String action) {
    if (!holds) {
      throw new InvalidSettingException(problem, action);
    }
  }

  private static String key(String name) {
    return FileImportProperties.PREFIX + ".sources." + name;
  }

  String name() {
    return name;
  }

  /** Whether a file of this name is one of its. */
  boolean has(String file) {
    return files.matches(Path.of(file));
  }

  /** The longest line, and the largest payload, in bytes. */
  int maxPayload() {
    return maxPayload;
  }

  /** What separates two fields, if quoted ones may have line breaks in them; -1 if not. */
  int quotedSeparator() {
    Csv csv = settings.csv();
    return settings.format() == Format.CSV && csv.lineBreaks() ? csv.separatorCharacter() : -1;
  }

  /** Whether the first line of a file names the columns. */
  boolean hasHeader() {
    return settings.format() == Format.CSV && settings.csv().columns().isEmpty();
  }

  /**
   * What makes payloads of the lines of a file.
   *
   * @param header its first line; null if it has none, or has no line at all
   * @throws PermanentBatchFailure if the header does not have the columns that the settings name
   */
  LineReading reading(byte @Nullable [] header) {
    if (settings.format() == Format.JSON_LINES) {
      return new JsonReading(settings.jobs());
    }
    if (header == null && hasHeader()) {
      return NO_LINE;
    }
    return new CsvReading(
        header == null ? settings.csv().columns() : names(header), settings.csv(), settings.jobs());
  }

  private List<String> names(byte[] header) {
    try {
      return new CsvFields(settings.csv().separatorCharacter()).of(Utf8.text(header));
    } catch (RejectedLineException e) {
      throw new PermanentBatchFailure("the header cannot be read: " + e.reason(), e);
    }
  }

  /**
   * The job that a line asks for. Without a message id of its own its id is derived from its
   * payload, so that the same line is the same job however often and in whatever file it comes.
   *
   * @throws RejectedLineException if it cannot be one
   */
  JobMessage job(LineReading reading, byte[] line) throws RejectedLineException {
    Content content = reading.read(line);
    byte[] payload = content.payload();
    if (payload.length > maxPayload) {
      throw new RejectedLineException(
          "the payload has %d bytes, %d are allowed".formatted(payload.length, maxPayload));
    }
    if (schema != null) {
      schema.check(payload);
    }
    try {
      JobMessage message =
          new JobMessage(
              type,
              content.id() == null ? derivedId(payload) : content.id(),
              settings.jobs().tenant(),
              payload,
              options(content.subject()));
      JobMessageWriter.check(message);
      return message;
    } catch (IllegalArgumentException e) {
      throw new RejectedLineException(String.valueOf(e.getMessage()));
    }
  }

  private String derivedId(byte[] payload) {
    UUID hash = Fingerprint.of(type, payload);
    return name + ":" + hash;
  }

  private JobOptions options(@Nullable String subject) {
    return subject == null
        ? options
        : new JobOptions(options.lane(), null, null, null, null, subject, null, null, null, null);
  }
}
