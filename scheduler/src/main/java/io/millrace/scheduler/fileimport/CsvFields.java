package io.millrace.scheduler.fileimport;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a record of CSV into its fields, as RFC 4180 says: a field may stand in quotes, and a
 * quote in it is written twice. Quotes elsewhere are refused rather than guessed at. Immutable.
 */
record CsvFields(char separator) {

  /**
   * The fields, at least one.
   *
   * @throws RejectedLineException if quotes stand where they may not
   */
  List<String> of(String line) throws RejectedLineException {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      at =
          at < line.length() && line.charAt(at) == '"'
              ? quoted(line, at, fields)
              : plain(line, at, fields);
      if (at == line.length()) {
        return fields;
      }
      at++; // the separator
    }
  }

  private int plain(String line, int start, List<String> fields) throws RejectedLineException {
    int end = line.indexOf(separator, start);
    end = end < 0 ? line.length() : end;
    String field = line.substring(start, end);
    if (field.indexOf('"') >= 0) {
      throw new RejectedLineException(
          "field %d has a quote in it, but does not begin with one".formatted(fields.size() + 1));
    }
    fields.add(field);
    return end;
  }

  private int quoted(String line, int start, List<String> fields) throws RejectedLineException {
    StringBuilder field = new StringBuilder();
    int at = start + 1;
    while (true) {
      int quote = line.indexOf('"', at);
      if (quote < 0) {
        throw new RejectedLineException(
            "the quotes of field %d are not closed".formatted(fields.size() + 1));
      }
      field.append(line, at, quote);
      at = quote + 1;
      if (at == line.length() || line.charAt(at) == separator) {
        fields.add(field.toString());
        return at;
      }
      if (line.charAt(at) != '"') {
        throw new RejectedLineException(
            "something follows the closing quote of field %d".formatted(fields.size() + 1));
      }
      field.append('"');
      at++;
    }
  }
}
