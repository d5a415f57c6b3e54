package io.millrace.chaos.history;

import io.millrace.chaos.history.History.FinalChange;
import io.millrace.chaos.history.History.RecordedFailure;
import io.millrace.chaos.history.History.RecordedJob;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the database knows of a run: the engine's tables, and beside them a schema of our own with
 * the effects of jobs and a witness of every change to a job that had ended.
 */
public final class HistoryStore {

  /** Without any uniqueness, so that a second effect of a job would be seen. */
  private static final String PREPARE_EFFECTS =
      """
      CREATE SCHEMA chaos;
      CREATE TABLE chaos.effect (job uuid NOT NULL, at timestamptz NOT NULL);
      """;

  private static final String WATCH_ENDS =
      """
      CREATE TABLE chaos.final_change (job uuid NOT NULL, was text NOT NULL, became text NOT NULL);

      CREATE FUNCTION chaos.note_final_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO chaos.final_change
        VALUES (
          OLD.id,
          concat_ws(' ', OLD.state, OLD.attempt, convert_from(OLD.result, 'UTF8'), OLD.failure_class),
          CASE WHEN TG_OP = 'DELETE' THEN 'deleted'
            ELSE concat_ws(' ', NEW.state, NEW.attempt, convert_from(NEW.result, 'UTF8'), NEW.failure_class) END);
        RETURN NULL;
      END
      $$;

      CREATE TRIGGER chaos_final_change AFTER UPDATE ON job FOR EACH ROW
      WHEN (OLD.finished_at IS NOT NULL AND
        (OLD.state, OLD.attempt, OLD.result, OLD.failure_class, OLD.finished_at)
          IS DISTINCT FROM (NEW.state, NEW.attempt, NEW.result, NEW.failure_class, NEW.finished_at))
      EXECUTE FUNCTION chaos.note_final_change();

      CREATE TRIGGER chaos_job_deleted AFTER DELETE ON job FOR EACH ROW
      EXECUTE FUNCTION chaos.note_final_change();
      """;

  private static final String STATES = "SELECT state, count(*) AS jobs FROM job GROUP BY state";

  private static final String UNANNOUNCED = "SELECT count(*) FROM job WHERE announce_due";

  private static final String JOBS =
      "SELECT id, message_id, state, attempt, convert_from(result, 'UTF8') AS result, failure_class FROM job";

  private static final String FAILURES = "SELECT job_id, attempt, failure_class FROM job_attempt";

  private static final String QUARANTINED =
      "SELECT coalesce(message_id, '') AS message_id FROM quarantine";

  private static final String CHANGES = "SELECT job, was, became FROM chaos.final_change";

  private static final String EFFECTS = "SELECT job FROM chaos.effect";

  private final JdbcClient jdbc;
  private final JsonMapper json = new JsonMapper();

  public HistoryStore(DataSource source) {
    this.jdbc = JdbcClient.create(source);
  }

  /** Call before the engine starts. */
  public void prepareEffects() {
    jdbc.sql(PREPARE_EFFECTS).update();
  }

  /** Call when the engine has its tables, and before it has jobs. */
  public void watchEnds() {
    jdbc.sql(WATCH_ENDS).update();
  }

  /** How many jobs there are in each state. */
  public Map<JobState, Long> states() {
    Map<JobState, Long> states = new TreeMap<>();
    jdbc.sql(STATES)
        .query(
            row -> {
              states.put(JobState.valueOf(row.getString("state")), row.getLong("jobs"));
            });
    return states;
  }

  /** How many ends the dispatcher has still to announce. */
  public long unannounced() {
    return jdbc.sql(UNANNOUNCED).query(Long.class).single();
  }

  List<RecordedJob> jobs() {
    return jdbc.sql(JOBS)
        .query(
            (row, _) ->
                new RecordedJob(
                    new JobId(row.getObject("id", UUID.class)),
                    row.getString("message_id"),
                    JobState.valueOf(row.getString("state")),
                    row.getInt("attempt"),
                    inOneSpelling(row.getString("result")),
                    row.getString("failure_class")))
        .list();
  }

  List<RecordedFailure> failures() {
    return jdbc.sql(FAILURES)
        .query(
            (row, _) ->
                new RecordedFailure(
                    new JobId(row.getObject("job_id", UUID.class)),
                    row.getInt("attempt"),
                    row.getString("failure_class")))
        .list();
  }

  List<String> quarantined() {
    return jdbc.sql(QUARANTINED).query((row, _) -> row.getString("message_id")).list();
  }

  List<FinalChange> changes() {
    return jdbc.sql(CHANGES)
        .query(
            (row, _) ->
                new FinalChange(
                    new JobId(row.getObject("job", UUID.class)),
                    row.getString("was"),
                    row.getString("became")))
        .list();
  }

  List<UUID> effects() {
    return jdbc.sql(EFFECTS).query((row, _) -> row.getObject("job", UUID.class)).list();
  }

  private @Nullable String inOneSpelling(@Nullable String text) {
    return text == null ? null : json.readTree(text).toString();
  }
}
