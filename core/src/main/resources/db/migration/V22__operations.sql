-- The previous version cannot live with a job that is PAUSED: there is none before something is paused.

-- What operators have paused everywhere: jobs of a type, or of a lane, do not begin.
CREATE TABLE pause (
  kind   text        NOT NULL,
  name   text        NOT NULL,                       -- of the type, or of the lane
  since  timestamptz NOT NULL,
  by     text        NOT NULL,                       -- who has paused it
  reason text        NOT NULL,                       -- for people
  PRIMARY KEY (kind, name),
  CONSTRAINT pause_kind CHECK (kind IN ('TYPE', 'LANE')),
  CONSTRAINT pause_lane CHECK (kind <> 'LANE' OR name IN ('HIGH', 'NORMAL', 'LOW'))
);

ALTER TABLE job
  DROP CONSTRAINT job_wait_reason,
  ADD CONSTRAINT job_wait_reason CHECK (wait_reason IN ('SCHEDULED', 'RETRY', 'PARKED', 'CONCURRENCY', 'SHARE', 'PAUSED'));

-- What waits until it is resumed waits for no time; by what is resumed, those first that were due first.
DROP INDEX job_due, job_next;
CREATE INDEX job_due    ON job (type, tenant, due_at) WHERE due_at IS NOT NULL AND wait_reason NOT IN ('CONCURRENCY', 'PARKED', 'PAUSED');
CREATE INDEX job_next   ON job (due_at)               WHERE due_at IS NOT NULL AND wait_reason NOT IN ('CONCURRENCY', 'PARKED', 'PAUSED');
CREATE INDEX job_paused ON job (type, lane, due_at)   WHERE wait_reason = 'PAUSED';

-- Whoever forces a circuit decides in the place of probes and of the workers' reports, until it is taken back. One that is forced open has
-- no probe due in this century.
ALTER TABLE dependency
  ADD COLUMN forced    boolean NOT NULL DEFAULT false,
  ADD COLUMN forced_by text,                         -- who; the reason is in reason
  ADD CONSTRAINT dependency_forced CHECK (forced = (forced_by IS NOT NULL) AND (NOT forced OR circuit <> 'HALF_OPEN'));

-- What became of a message in quarantine, by whose decision. It stays for as long as others do.
ALTER TABLE quarantine
  ADD COLUMN resolution  text,
  ADD COLUMN resolved_at timestamptz,
  ADD COLUMN resolved_by text,
  ADD COLUMN note        text,                       -- why, or what was changed: for people
  ADD COLUMN job_id      uuid,                       -- the job that it has become
  ADD CONSTRAINT quarantine_resolution CHECK (resolution IN ('RESUBMITTED', 'DISCARDED')),
  ADD CONSTRAINT quarantine_resolved   CHECK ((resolution IS NULL) = (resolved_at IS NULL) AND (resolution IS NULL) = (resolved_by IS NULL)),
  ADD CONSTRAINT quarantine_job        CHECK (coalesce(resolution = 'RESUBMITTED', false) = (job_id IS NOT NULL));

-- Of which types a worker has handlers, for people.
ALTER TABLE worker ADD COLUMN types text[];

-- Messages as people look for them, the newest first: those about which something is to be decided, and the others.
CREATE INDEX quarantine_open     ON quarantine (arrived_at, id) WHERE resolution IS NULL;
CREATE INDEX quarantine_resolved ON quarantine (arrived_at, id) WHERE resolution IS NOT NULL;
