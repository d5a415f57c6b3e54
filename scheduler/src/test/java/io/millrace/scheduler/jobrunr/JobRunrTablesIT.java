package io.millrace.scheduler.jobrunr;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fails when another version of JobRunr wants other tables: then these need a migration. */
class JobRunrTablesIT {

  private static final String COLUMNS =
      """
      SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length, -1)
        || ' ' || coalesce(numeric_precision, -1) || ' ' || coalesce(numeric_scale, -1) || ' ' || is_nullable
        || ' ' || coalesce(column_default, '')
      FROM information_schema.columns
      WHERE table_name LIKE 'jobrunr_%' AND table_name <> 'jobrunr_migrations'
      ORDER BY 1
      """;

  private static final String INDEXES =
      """
      SELECT indexdef FROM pg_indexes
      WHERE tablename LIKE 'jobrunr_%' AND tablename <> 'jobrunr_migrations'
      ORDER BY 1
      """;

  private static final String SCRIPTS = "SELECT script FROM jobrunr_migrations ORDER BY 1";

  @AutoClose private final TestDatabase ours = TestDatabase.fresh();
  @AutoClose private final TestDatabase theirs = TestDatabase.fresh();

  @Test
  void flywayMakesWhatJobRunrWould() {
    Flyway.configure().dataSource(ours.dataSource()).load().migrate();
    new PostgresStorageProvider(theirs.dataSource(), DatabaseOptions.CREATE).close();

    assertThat(read(ours, COLUMNS)).isEqualTo(read(theirs, COLUMNS)).isNotEmpty();
    assertThat(read(ours, INDEXES)).isEqualTo(read(theirs, INDEXES)).isNotEmpty();
    assertThat(read(theirs, SCRIPTS))
        .as("what changes data leaves no trace in the schema")
        .hasSize(17);
  }

  private static List<String> read(TestDatabase database, String sql) {
    return JdbcClient.create(database.dataSource())
        .sql(sql)
        .query((row, _) -> row.getString(1))
        .list();
  }
}
