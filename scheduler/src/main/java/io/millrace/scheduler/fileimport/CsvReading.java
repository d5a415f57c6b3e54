package io.millrace.scheduler.fileimport;

import io.millrace.batch.PermanentBatchFailure;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a JSON object of a record of CSV, with a member for each field that is not empty. Fields
 * are strings, as they stand there, or numbers where that is configured.
 */
final class CsvReading implements LineReading {

  /** RFC 8259, section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,999})(\\.[0-9]{1,999})?([eE][+-]?[0-9]{1,9})?");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final CsvFields fields;
  private final List<String> columns;
  private final boolean[] isNumber;
  private final int id;
  private final int subject;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /**
   * @param columns their names
   * @throws PermanentBatchFailure if they are none, or one that the settings name is missing
   */
  CsvReading(
      List<String> columns, FileImportProperties.Csv csv, FileImportProperties.Jobs settings) {
    this.fields = new CsvFields(csv.separatorCharacter());
    this.columns = List.copyOf(columns);
    this.isNumber = new boolean[columns.size()];
    requireNames();
    csv.numbers().forEach(name -> isNumber[place(name)] = true);
    this.id = settings.id().isEmpty() ? -1 : place(settings.id());
    this.subject = settings.subject().isEmpty() ? -1 : place(settings.subject());
  }

  private void requireNames() {
    if (columns.stream().anyMatch(String::isBlank)
        || columns.stream().distinct().count() < columns.size()) {
      throw new PermanentBatchFailure(
          "the columns need names, each another one: %s".formatted(columns));
    }
  }

  private int place(String name) {
    int place = columns.indexOf(name);
    if (place < 0) {
      throw new PermanentBatchFailure("there is no column '%s': %s".formatted(name, columns));
    }
    return place;
  }

  @Override
  public Content read(byte[] line) throws RejectedLineException {
    List<String> values = fields.of(Utf8.text(line));
    if (values.size() != columns.size()) {
      throw new RejectedLineException(
          "the line has %d fields, not %d".formatted(values.size(), columns.size()));
    }
    if (id >= 0 && values.get(id).isEmpty()) {
      throw new RejectedLineException("the column '%s' is empty".formatted(columns.get(id)));
    }
    return new Content(payload(values), valueAt(id, values), valueAt(subject, values));
  }

  private byte[] payload(List<String> values) throws RejectedLineException {
    out.reset();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      for (int i = 0; i < values.size(); i++) {
        String value = values.get(i);
        if (!value.isEmpty()) {
          json.writeName(columns.get(i));
          write(json, i, value);
        }
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private void write(JsonGenerator json, int column, String value) throws RejectedLineException {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
        throw new RejectedLineException(
            "the column '%s' has the control character U+%04X"
                .formatted(columns.get(column), (int) c));
      }
    }
    if (!isNumber[column]) {
      json.writeString(value);
      return;
    }
    if (!NUMBER.matcher(value).matches()) {
      throw new RejectedLineException(
          "the column '%s' is no number as JSON writes them".formatted(columns.get(column)));
    }
    json.writeRawValue(value);
  }

  private static @Nullable String valueAt(int place, List<String> values) {
    return place < 0 || values.get(place).isEmpty() ? null : values.get(place);
  }

  @Override
  public String toString() {
    return "CSV of " + Arrays.toString(columns.toArray());
  }
}
