package io.millrace.scheduler.fileimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.Lane;
import io.millrace.core.InvalidSettingException;
import io.millrace.scheduler.fileimport.FileImportProperties.Csv;
import io.millrace.scheduler.fileimport.FileImportProperties.Format;
import io.millrace.scheduler.fileimport.FileImportProperties.Jobs;
import io.millrace.scheduler.fileimport.FileImportProperties.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class FileImportPropertiesTest {

  private static final String LOANS = "millrace.file-import.sources.loans.";

  @Test
  void hasDefaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new FileImportProperties(
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                DataSize.ofMegabytes(1),
                1_000,
                Map.of()));
    assertThat(bind(Map.of(LOANS + "files", "*")).sources())
        .containsEntry(
            "loans",
            new Source(
                "*",
                Format.CSV,
                new Jobs("", "", "", "", Lane.NORMAL, ""),
                new Csv(",", List.of(), List.of(), false)));
  }

  @Test
  void readsEveryKey() {
    Map<String, String> keys = new HashMap<>();
    keys.put("millrace.file-import.folder", "/import");
    keys.put("millrace.file-import.look", "0");
    keys.put("millrace.file-import.settled-after", "0");
    keys.put("millrace.file-import.max-payload", "2KB");
    keys.put("millrace.file-import.chunk", "7");
    keys.put(LOANS + "files", "loans-*.csv");
    keys.put(LOANS + "format", "json-lines");
    keys.put(LOANS + "jobs.tenant", "acme");
    keys.put(LOANS + "jobs.type", "loan.amortize");
    keys.put(LOANS + "jobs.id", "loan");
    keys.put(LOANS + "jobs.subject", "customer");
    keys.put(LOANS + "jobs.lane", "low");
    keys.put(LOANS + "jobs.schema", "loan.json");
    keys.put(LOANS + "csv.separator", ";");
    keys.put(LOANS + "csv.columns", "loan,customer,rate");
    keys.put(LOANS + "csv.numbers", "rate");
    keys.put(LOANS + "csv.line-breaks", "true");

    assertThat(bind(keys))
        .isEqualTo(
            new FileImportProperties(
                "/import",
                Duration.ZERO,
                Duration.ZERO,
                DataSize.ofKilobytes(2),
                7,
                Map.of(
                    "loans",
                    new Source(
                        "loans-*.csv",
                        Format.JSON_LINES,
                        new Jobs(
                            "acme", "loan.amortize", "loan", "customer", Lane.LOW, "loan.json"),
                        new Csv(
                            ";", List.of("loan", "customer", "rate"), List.of("rate"), true)))));
  }

  @Test
  void refusesWhatIsOutOfBounds() {
    assertRefused("look", "10ms");
    assertRefused("settled-after", "2h");
    assertRefused("max-payload", "65MB");
    assertRefused("chunk", "0");
  }

  @Test
  void refusesSourcesThatAreNone() {
    assertNoSource(Map.of(), "loans.files");
    assertNoSource(Map.of("files", "../*"), "loans.files");
    assertNoSource(Map.of("files", "*"), "loans.jobs.type");
    assertNoSource(Map.of("files", "*", "jobs.type", "A"), "loans.jobs.type");
    assertNoSource(Map.of("files", "*", "jobs.type", "a"), "loans.jobs.tenant");
    assertNoSource(
        Map.of("files", "*", "jobs.type", "a", "jobs.tenant", "t", "csv.separator", "::"),
        "loans.csv.separator");
    assertNoSource(
        Map.of("files", "*", "jobs.type", "a", "jobs.tenant", "t", "csv.separator", "\""),
        "loans.csv.separator");
    assertNoSource(
        Map.of(
            "files", "*", "jobs.type", "a", "jobs.tenant", "t", "jobs.id", "x", "csv.columns", "y"),
        "loans.csv.columns: there is no column 'x'");
    assertNoSource(
        Map.of("files", "*", "jobs.type", "a", "jobs.tenant", "t", "jobs.schema", "no/such.json"),
        "loans.jobs.schema");
  }

  @Test
  void findsTheOneSourceOfAFile() {
    ImportSources sources =
        ImportSources.of(
            bind(
                Map.of(
                    LOANS + "files",
                    "loans-?.*",
                    LOANS + "jobs.tenant",
                    "acme",
                    LOANS + "jobs.type",
                    "a",
                    "millrace.file-import.sources.other.files",
                    "*.jsonl",
                    "millrace.file-import.sources.other.format",
                    "JSON_LINES",
                    "millrace.file-import.sources.other.jobs.tenant",
                    "acme",
                    "millrace.file-import.sources.other.jobs.type",
                    "a")));

    assertThat(sources.ofFile("loans-1.csv").map(ImportSource::name)).contains("loans");
    assertThat(sources.ofFile("x.jsonl").map(ImportSource::name)).contains("other");
    assertThat(sources.ofFile("loans-1.jsonl")).isEmpty(); // it could be either
    assertThat(sources.ofFile("x.csv")).isEmpty();
    assertThatThrownBy(() -> sources.named("gone")).hasMessageContaining("'gone'");
  }

  private static void assertRefused(String key, String value) {
    assertThatThrownBy(() -> bind(Map.of("millrace.file-import." + key, value)))
        .hasStackTraceContaining("millrace.file-import." + key)
        .hasStackTraceContaining("must be from");
  }

  private static void assertNoSource(Map<String, String> keys, String says) {
    Map<String, String> all = new HashMap<>();
    all.put(LOANS + "jobs.lane", "LOW");
    keys.forEach((key, value) -> all.put(LOANS + key, value));
    FileImportProperties properties = bind(all);

    assertThatThrownBy(() -> ImportSources.of(properties))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(says);
  }

  static FileImportProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate(FileImportProperties.PREFIX, Bindable.of(FileImportProperties.class));
  }
}
