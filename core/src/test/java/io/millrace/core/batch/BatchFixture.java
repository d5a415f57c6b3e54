package io.millrace.core.batch;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what schedulers write: their catalogue, how runs stand, and what was done of them. */
final class BatchFixture {

  private final JdbcClient jdbc;

  BatchFixture(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A job with a date that has to be given, a number of days, 30 by default, and a text. */
  void announce(String job, boolean repeatable) {
    jdbc.sql(
            """
            INSERT INTO batch_job VALUES (:name, 'What ' || :name || ' does.', :repeatable, '{date,days,note}', '{DATE,NUMBER,TEXT}',
              '{The day.,How many.,For people.}', '{NULL,30,none}', '2026-03-01T12:00:00.123456Z')
            ON CONFLICT (name) DO UPDATE SET repeatable = excluded.repeatable
            """)
        .param("name", job)
        .param("repeatable", repeatable)
        .update();
  }

  void set(UUID run, BatchRunState state) {
    jdbc.sql(
            """
            UPDATE batch_run SET state = :state, started_at = CASE WHEN :state <> 'REQUESTED' THEN requested_at END,
              owner = CASE WHEN :state = 'RUNNING' THEN 'night-1' END,
              lease_until = CASE WHEN :state = 'RUNNING' THEN now() + interval '20 s' END,
              ended_at = CASE WHEN :state NOT IN ('REQUESTED', 'RUNNING') THEN now() END,
              begun = ARRAY[now()], message = CASE WHEN :state = 'FAILED' THEN 'it rained' END
            WHERE id = :id
            """)
        .param("id", run)
        .param("state", state.name())
        .update();
  }

  /** Spring Batch's instance and execution 1, which all of its step executions belong to here. */
  void beginExecution() {
    jdbc.sql(
            """
            WITH instance AS (INSERT INTO batch_job_instance VALUES (1, 0, 'job', 'key'))
            INSERT INTO batch_job_execution (job_execution_id, job_instance_id, create_time) VALUES (1, 1, now())
            """)
        .update();
  }

  /**
   * An execution of a partition of 100 items.
   *
   * @param counts items that were done before it, by all executions, and left out by them
   */
  void addExecution(UUID run, long id, String step, String name, String state, long... counts) {
    jdbc.sql(
            """
            INSERT INTO batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time, status)
            VALUES (:id, 1, :name, 1, now(), CASE :state WHEN 'ENDED' THEN 'COMPLETED' ELSE 'STARTED' END)
            """)
        .param("id", id)
        .param("name", step + ":" + name)
        .param("state", state)
        .update();
    jdbc.sql(
            """
            INSERT INTO batch_partition (step_execution_id, run_id, step, name, place, items_total, items_before, items_done,
              items_skipped, state, owner, lease_until)
            VALUES (:id, :run, :step, :name, ascii(:name), 100, :before, :done, :skipped, :state,
              CASE WHEN :state <> 'READY' THEN 'night-' || :id END, CASE WHEN :state = 'RUNNING' THEN now() END)
            """)
        .param("id", id)
        .param("run", run)
        .param("step", step)
        .param("name", name)
        .param("state", state)
        .param("before", counts[0])
        .param("done", counts[1])
        .param("skipped", counts[2])
        .update();
  }
}
