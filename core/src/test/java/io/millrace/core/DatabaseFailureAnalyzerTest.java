package io.millrace.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class DatabaseFailureAnalyzerTest {

  private final DatabaseFailureAnalyzer analyzer = new DatabaseFailureAnalyzer(environment());

  @Test
  void saysWhereTheDatabaseShouldBeAndWhatToDo() {
    FailureAnalysis analysis =
        analyzer.analyze(
            new IllegalStateException(
                "start", new SQLException("Connection to db:5432 refused", "08001")));

    assertThat(Objects.requireNonNull(analysis).getDescription())
        .isEqualTo("No database at jdbc:postgresql://db/m: Connection to db:5432 refused");
    assertThat(analysis.getAction()).contains("MILLRACE_DATABASE_URL");
  }

  @Test
  void tellsAWrongPasswordFromAMissingDatabase() {
    assertThat(actionOf("28P01")).contains("MILLRACE_DATABASE_PASSWORD");
    assertThat(actionOf("3D000")).contains("Create the database");
  }

  @Test
  void leavesOtherFailuresToOthers() {
    assertThat(analyzer.analyze(new SQLException("syntax", "42601"))).isNull();
  }

  private static StandardEnvironment environment() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test", Map.of("spring.datasource.url", "jdbc:postgresql://db/m")));
    return environment;
  }

  private String actionOf(String sqlState) {
    return Objects.requireNonNull(
        Objects.requireNonNull(analyzer.analyze(new SQLException("no", sqlState))).getAction());
  }
}
