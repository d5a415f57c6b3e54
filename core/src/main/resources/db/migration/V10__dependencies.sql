-- Other people's systems that jobs call: whether they are up, as all workers see it together. A row comes with the first trouble; what has
-- none is up. All times are the database's, so that no clock of a worker decides.
CREATE TABLE dependency (
  key        text        PRIMARY KEY,               -- as handlers name it: a name, or name/part
  circuit    text        NOT NULL,
  changed_at timestamptz NOT NULL,                  -- since when the circuit is so
  retry_at   timestamptz,                           -- while OPEN: when a probe is due; while HALF_OPEN: when the probe is taken for lost
  openings   integer     NOT NULL,                  -- in a row, without a close between them
  rest_until timestamptz,                           -- nothing is called before: it asked for that
  reason     text,                                  -- for people: why it was opened last
  CONSTRAINT dependency_circuit  CHECK (circuit IN ('CLOSED', 'OPEN', 'HALF_OPEN')),
  CONSTRAINT dependency_retry    CHECK ((circuit = 'CLOSED') = (retry_at IS NULL)),
  CONSTRAINT dependency_openings CHECK (openings >= 0 AND (circuit = 'CLOSED') = (openings = 0))
) WITH (fillfactor = 70);

-- What a job has been parked for last. It keeps that while its message is on its way and while it runs, so that those that come back
-- can be counted.
ALTER TABLE job
  ADD COLUMN dependency text,
  ADD CONSTRAINT job_parked CHECK (wait_reason <> 'PARKED' OR dependency IS NOT NULL);

-- What is parked, by dependency and tenant; and what of it is on its way back.
CREATE INDEX job_parked    ON job (dependency, tenant, due_at) WHERE wait_reason = 'PARKED';
CREATE INDEX job_returning ON job (dependency)                 WHERE dependency IS NOT NULL AND state IN ('QUEUED', 'RUNNING');

-- What is parked waits for its dependency, and not for a time.
DROP INDEX job_due, job_next;
CREATE INDEX job_due  ON job (type, tenant, due_at) WHERE due_at IS NOT NULL AND wait_reason NOT IN ('CONCURRENCY', 'PARKED');
CREATE INDEX job_next ON job (due_at)               WHERE due_at IS NOT NULL AND wait_reason NOT IN ('CONCURRENCY', 'PARKED');
