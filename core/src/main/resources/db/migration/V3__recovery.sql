-- What has gone wrong with a job, and the means to find the jobs that somebody has to do something about.
ALTER TABLE job
  ADD COLUMN failures         integer     NOT NULL DEFAULT 0,  -- attempts that failed
  ADD COLUMN crashes          integer     NOT NULL DEFAULT 0,  -- deaths of workers that ran it
  ADD COLUMN first_failure_at timestamptz,
  ADD COLUMN queued_at        timestamptz,                     -- while QUEUED: when its message was published last
  ADD COLUMN alone            boolean     NOT NULL DEFAULT false; -- while RUNNING: nothing runs beside it, so a crash is its own doing

UPDATE job SET queued_at = created_at WHERE state = 'QUEUED';

ALTER TABLE job
  ADD CONSTRAINT job_queued   CHECK ((state = 'QUEUED') = (queued_at IS NOT NULL)),
  ADD CONSTRAINT job_alone    CHECK (NOT alone OR state = 'RUNNING'),
  ADD CONSTRAINT job_setbacks CHECK (failures >= 0 AND crashes >= 0 AND (failures > 0) = (first_failure_at IS NOT NULL));

-- None of these indexes knows a job that comes and succeeds: what is done at once never pays for what waits.

-- What waits for its time, by type and tenant, so that one tenant's million does not hide another's ten; and the next time of all.
CREATE INDEX job_due  ON job (type, tenant, due_at) WHERE due_at IS NOT NULL AND wait_reason <> 'CONCURRENCY';
CREATE INDEX job_next ON job (due_at)               WHERE due_at IS NOT NULL AND wait_reason <> 'CONCURRENCY';

-- What waits for its turn, and what takes up the places.
CREATE INDEX job_turn  ON job (type, concurrency_key, created_at) WHERE wait_reason = 'CONCURRENCY';
CREATE INDEX job_place ON job (type, concurrency_key) WHERE concurrency_key IS NOT NULL AND state IN ('QUEUED', 'RUNNING');

-- At most one job of a tenant and type with the same unique key is on its way.
CREATE UNIQUE INDEX job_unique ON job (tenant, type, unique_key) WHERE unique_key IS NOT NULL AND finished_at IS NULL;

-- What has a message in the broker, which may have been lost.
CREATE INDEX job_queued ON job (type, queued_at) WHERE queued_at IS NOT NULL;

-- What runs where, and whose worker has ended.
CREATE INDEX job_owner       ON job (owner) WHERE owner IS NOT NULL;
CREATE INDEX worker_ended_at ON worker (ended_at) WHERE ended_at IS NOT NULL;

-- What is too late to begin.
CREATE INDEX job_deadline ON job (deadline) WHERE deadline IS NOT NULL AND state IN ('WAITING', 'QUEUED');

-- Ends that nobody has announced.
CREATE INDEX job_announce ON job (finished_at) WHERE announce_due AND finished_at IS NOT NULL;
