-- The previous version cannot replay a job that was erased, nor show one that failed; there is none unless retention is configured.

-- A job that was erased keeps what its message id is recognised by, how it ended and when; nothing is left of what it was about.
ALTER TABLE job
  ADD COLUMN erased_at timestamptz,
  ADD CONSTRAINT job_erased CHECK (
    erased_at IS NULL
    OR finished_at IS NOT NULL AND octet_length(payload) = 0 AND num_nonnulls(result, failure_message, subject, unique_key, concurrency_key,
      dependency, traceparent, source) = 0);

-- A failure that was erased is in no list. The index knows it by its message: erased_at is in no index, so that erasing a job that did
-- not fail changes none.
DROP INDEX job_failed;
CREATE INDEX job_failed ON job (finished_at, id, type, tenant) WHERE state = 'FAILED' AND failure_message IS NOT NULL;

-- How far retention has got: by what it does, and for which rules.
CREATE TABLE retention_watermark (
  name    text        PRIMARY KEY,
  rules   text        NOT NULL,                      -- other rules begin anew
  reached timestamptz NOT NULL                       -- all that ended at this time or before is done; of 'deleted': the youngest that is gone
);

CREATE INDEX quarantine_old ON quarantine (last_arrived_at);

-- The executions of a run, which Spring Batch knows by a parameter.
CREATE INDEX batch_job_execution_params_run ON batch_job_execution_params (parameter_value) WHERE parameter_name = 'run';
