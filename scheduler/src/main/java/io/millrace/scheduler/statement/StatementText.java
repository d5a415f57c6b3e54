package io.millrace.scheduler.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.scheduler.statement.StatementLine.Percentiles;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The statement of a tenant and day as files. The same lines always give the same bytes.
 * Thread-safe.
 */
final class StatementText {

  private static final List<String> COLUMNS =
      List.of(
          "date",
          "tenant",
          "type",
          "succeeded",
          "failed",
          "cancelled",
          "expired",
          "attempts",
          "run_seconds",
          "run_p50_ms",
          "run_p95_ms",
          "run_p99_ms",
          "run_longest_ms",
          "total_p50_ms",
          "total_p95_ms",
          "total_p99_ms",
          "total_longest_ms");

  private final JsonFactory json = new JsonFactory();

  /** A line with the names of the columns, then one for each type, as RFC 4180 has it; UTF-8. */
  byte[] csv(BusinessDay day, List<StatementLine> lines) {
    return Stream.concat(Stream.of(COLUMNS.stream()), lines.stream().map(line -> cells(day, line)))
        .map(cells -> cells.map(StatementText::quoted).collect(Collectors.joining(",", "", "\r\n")))
        .collect(Collectors.joining())
        .getBytes(UTF_8);
  }

  private static Stream<String> cells(BusinessDay day, StatementLine line) {
    return Stream.of(
            Stream.of(day.date(), line.tenant(), line.type()),
            Stream.of(
                line.ends().succeeded(),
                line.ends().failed(),
                line.ends().cancelled(),
                line.ends().expired(),
                line.attempts(),
                seconds(line.runMicros())),
            cells(line.run()),
            cells(line.total()))
        .flatMap(cells -> cells)
        .map(Object::toString);
  }

  private static Stream<Object> cells(@Nullable Percentiles of) {
    return of == null
        ? Stream.of("", "", "", "")
        : Stream.of(millis(of.p50()), millis(of.p95()), millis(of.p99()), millis(of.longest()));
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }

  /** One object, with one for each type in {@code types}; UTF-8. */
  byte[] json(BusinessDay day, String tenant, List<StatementLine> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
      generator.writeStartObject();
      generator.writeStringProperty("date", day.date().toString());
      generator.writeStringProperty("from", day.begins().toString());
      generator.writeStringProperty("until", day.ends().toString());
      generator.writeStringProperty("tenant", tenant);
      generator.writeArrayPropertyStart("types");
      lines.forEach(line -> write(generator, line));
      generator.writeEndArray();
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, StatementLine line) {
    json.writeStartObject();
    json.writeStringProperty("type", line.type());
    json.writeNumberProperty("succeeded", line.ends().succeeded());
    json.writeNumberProperty("failed", line.ends().failed());
    json.writeNumberProperty("cancelled", line.ends().cancelled());
    json.writeNumberProperty("expired", line.ends().expired());
    json.writeNumberProperty("attempts", line.attempts());
    json.writeNumberProperty("runSeconds", seconds(line.runMicros()));
    write(json, "runMs", line.run());
    write(json, "totalMs", line.total());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable Percentiles of) {
    if (of != null) {
      json.writeObjectPropertyStart(name);
      json.writeNumberProperty("p50", millis(of.p50()));
      json.writeNumberProperty("p95", millis(of.p95()));
      json.writeNumberProperty("p99", millis(of.p99()));
      json.writeNumberProperty("longest", millis(of.longest()));
      json.writeEndObject();
    }
  }

  private static BigDecimal seconds(long micros) {
    return BigDecimal.valueOf(micros, 6);
  }

  private static BigDecimal millis(long micros) {
    return BigDecimal.valueOf(micros, 3);
  }
}
