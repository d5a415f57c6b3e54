-- Failed jobs that are made to run once more, many at a time, at a pace. Schedulers do it slice by slice: whoever locks the row does the
-- next slice, and the cursor moves in the transaction that replays what is before it.
CREATE TABLE replay (
  id              uuid        PRIMARY KEY,
  requested_by    text        NOT NULL,
  idempotency_key text        NOT NULL,           -- of whoever has asked: the same one again makes no second replay
  request         uuid        NOT NULL,           -- a hash of all that was asked for
  selection       uuid        NOT NULL,           -- a hash of which jobs, and whose

  -- Which jobs: those that had failed when it was made and are all of this.
  as_of           timestamptz NOT NULL,           -- when it was made
  job_ids         uuid[],
  failure_group   bigint,
  ungrouped       boolean     NOT NULL,           -- those that failed under a version that knew no groups
  tenant          text,
  type            text,
  failure_text    text,                           -- in the words of their groups
  failed_from     timestamptz,                    -- inclusively
  failed_to       timestamptz,                    -- exclusively
  scope_tenants   text[],                         -- what whoever has asked may change; null for everything
  scope_types     text[],

  -- How.
  payload         bytea,                          -- instead of the one job's own
  patch           text,                           -- or a JSON Merge Patch of each one's own
  per_second      integer     NOT NULL,
  canary          integer     NOT NULL,           -- this many first
  canary_share    integer     NOT NULL,           -- of which so many of a hundred have to succeed
  canary_passed   boolean     NOT NULL,

  state           text        NOT NULL,
  reason          text,                           -- why it has paused itself
  total           bigint      NOT NULL,           -- how many jobs it was about when it was made
  replayed        bigint      NOT NULL DEFAULT 0,
  refused         bigint      NOT NULL DEFAULT 0, -- see replay_refusal
  cursor_at       timestamptz NOT NULL DEFAULT 'epoch',
  cursor_id       uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  next_at         timestamptz NOT NULL,           -- when the next slice is due
  ended_at        timestamptz,

  CONSTRAINT replay_state  CHECK (state IN ('RUNNING', 'CANARY', 'PAUSED', 'STOPPED', 'DONE')),
  CONSTRAINT replay_reason CHECK ((state = 'PAUSED') = (reason IS NOT NULL)),
  CONSTRAINT replay_ended  CHECK ((state = 'DONE') = (ended_at IS NOT NULL)),
  CONSTRAINT replay_edit   CHECK (payload IS NULL OR patch IS NULL),
  CONSTRAINT replay_bounds CHECK (per_second >= 1 AND canary >= 0 AND canary_share BETWEEN 1 AND 100)
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX replay_key    ON replay (requested_by, idempotency_key);
CREATE UNIQUE INDEX replay_active ON replay (selection) WHERE state IN ('RUNNING', 'CANARY');
CREATE INDEX replay_due    ON replay (next_at) WHERE state IN ('RUNNING', 'CANARY');
CREATE INDEX replay_latest ON replay (as_of, id);

-- Who had which job run once more, with which attempt. The key is the reason why none is replayed twice.
CREATE TABLE job_replay (
  job_id       uuid        NOT NULL REFERENCES job ON DELETE CASCADE,
  attempt      integer     NOT NULL,              -- the one that it then began
  replayed_at  timestamptz NOT NULL,
  requested_by text        NOT NULL,
  replay       uuid        REFERENCES replay ON DELETE SET NULL, -- null if it was replayed by itself
  payload      bytea,                             -- the one before, if it was edited
  PRIMARY KEY (job_id, attempt)
);
CREATE INDEX job_replay_of ON job_replay (replay) WHERE replay IS NOT NULL;

-- Jobs that a replay has left as they were, and why.
CREATE TABLE replay_refusal (
  replay uuid NOT NULL REFERENCES replay ON DELETE CASCADE,
  job_id uuid NOT NULL REFERENCES job ON DELETE CASCADE,
  reason text NOT NULL,
  PRIMARY KEY (replay, job_id)
);
CREATE INDEX replay_refusal_job ON replay_refusal (job_id);
