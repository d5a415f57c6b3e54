-- The previous version cannot make a job anew that has failed in a group; it has no way to ask for that.

-- What workers can do, as the one says that has begun last: so that whoever has no handlers at hand can tell what a payload has to be.
CREATE TABLE job_type (
  type       text        PRIMARY KEY,
  kind       text        NOT NULL,
  handler    text        NOT NULL,              -- its class
  dependency text,                              -- what all its calls depend upon, if that is one and the same
  schema     text,                              -- JSON Schema of its payload, if it has one
  version    text        NOT NULL,              -- of the worker
  since      timestamptz NOT NULL,              -- when it became so
  CONSTRAINT job_type_kind CHECK (kind IN ('CALCULATION', 'TRANSACTION', 'CALL'))
);

-- What failed alike. Rows are only ever added: a group without jobs is a cause that was repaired.
CREATE TABLE failure_group (
  id         bigint      PRIMARY KEY,           -- of a hash of what follows, see io.millrace.core.failure.FailureGroup
  type       text        NOT NULL,
  kind       text        NOT NULL,              -- the class of the exception, or a reason of the engine's own
  message    text        NOT NULL,              -- with placeholders for what differs from job to job
  frames     text        NOT NULL,              -- the top of the handler's stack, a line each
  first_seen timestamptz NOT NULL
);

-- Null where it has not failed, and where it failed under a version that knew no groups.
ALTER TABLE job
  ADD COLUMN failure_group bigint,
  ADD CONSTRAINT job_failure_group CHECK (failure_group IS NULL OR state = 'FAILED');

-- The groups are counted in the index that lists failed jobs: what does not fail pays for neither.
DROP INDEX job_failed;
CREATE INDEX job_failed ON job (finished_at, id, type, tenant, failure_group) WHERE state = 'FAILED' AND failure_message IS NOT NULL;

-- Where jobs are by the time when they came: an entry for a megabyte of the table, none for a job.
CREATE INDEX job_created ON job USING brin (created_at timestamptz_minmax_multi_ops (values_per_range = 8)) WITH (autosummarize = on);
