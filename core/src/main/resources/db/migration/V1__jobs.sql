-- The life of every job. The CHECKs repeat what io.millrace.core.job.Lifecycle guarantees.
CREATE TABLE job (
  id              uuid        PRIMARY KEY,           -- derived from tenant and message id: the primary key is the deduplication
  tenant          text        NOT NULL,
  type            text        NOT NULL,
  message_id      text        NOT NULL,
  lane            text        NOT NULL,
  payload         bytea       NOT NULL,              -- JSON in UTF-8, as it came
  fingerprint     uuid        NOT NULL,              -- of type and payload: tells a repeat from a reused message id

  state           text        NOT NULL,
  wait_reason     text,
  due_at          timestamptz,                       -- while WAITING: not before this time
  attempt         integer     NOT NULL,              -- never goes back; with the owner it is the lease token
  owner           uuid,                              -- the worker incarnation that runs it
  announce_due    boolean     NOT NULL DEFAULT false,

  result          bytea,                             -- JSON in UTF-8
  failure_class   text,
  failure_message text,
  duplicate_of    uuid,

  deadline        timestamptz,
  unique_key      text,
  concurrency_key text,
  subject         text,
  reply_to        text,
  correlation_id  text,
  traceparent     text,
  source          text,

  created_at      timestamptz NOT NULL,
  started_at      timestamptz,
  finished_at     timestamptz,

  CONSTRAINT job_state          CHECK (state IN ('WAITING', 'QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')),
  CONSTRAINT job_lane           CHECK (lane IN ('HIGH', 'NORMAL', 'LOW')),
  CONSTRAINT job_wait_reason    CHECK (wait_reason IN ('SCHEDULED', 'RETRY', 'PARKED', 'CONCURRENCY')),
  CONSTRAINT job_waiting        CHECK ((state = 'WAITING') = (wait_reason IS NOT NULL) AND (state = 'WAITING') = (due_at IS NOT NULL)),
  CONSTRAINT job_running        CHECK ((state = 'RUNNING') = (owner IS NOT NULL) AND (state <> 'RUNNING' OR started_at IS NOT NULL)),
  CONSTRAINT job_final          CHECK ((state IN ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')) = (finished_at IS NOT NULL)),
  CONSTRAINT job_succeeded      CHECK ((state = 'SUCCEEDED') = (result IS NOT NULL)),
  CONSTRAINT job_failed         CHECK ((state = 'FAILED') = (failure_class IS NOT NULL)),
  CONSTRAINT job_duplicate_of   CHECK (duplicate_of IS NULL OR state = 'CANCELLED'),
  CONSTRAINT job_attempt        CHECK (attempt >= 1)
) WITH (
  -- Rows are written once or twice within seconds and then rest: room for the second version on the same page, and a vacuum that
  -- follows the head of the table instead of waiting for a fifth of it to change.
  fillfactor = 85,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_insert_scale_factor = 0.05,
  autovacuum_analyze_scale_factor = 0.02
);

-- One row for every attempt that failed; a success writes none.
CREATE TABLE job_attempt (
  job_id          uuid        NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  attempt         integer     NOT NULL,
  worker          uuid        NOT NULL,
  started_at      timestamptz NOT NULL,
  failed_at       timestamptz NOT NULL,
  failure_class   text        NOT NULL,
  failure_message text        NOT NULL,
  failure_cause   text,                              -- the causes and the top of the stack
  PRIMARY KEY (job_id, attempt),
  CONSTRAINT job_attempt_number CHECK (attempt >= 1)
);

-- Every message that could not become a job, whole, with the reason.
CREATE TABLE quarantine (
  id              uuid        PRIMARY KEY,           -- a hash of the message: the same one again is counted, not kept twice
  arrived_at      timestamptz NOT NULL,              -- for the first time
  last_arrived_at timestamptz NOT NULL,
  arrivals        integer     NOT NULL DEFAULT 1,
  reason          text        NOT NULL,              -- io.millrace.client.contract.Refusal
  explanation     text        NOT NULL,
  queue           text        NOT NULL,
  exchange        text        NOT NULL,
  routing_key     text        NOT NULL,
  message_id      text,
  properties      jsonb       NOT NULL,              -- the AMQP properties
  headers         jsonb       NOT NULL,
  body            bytea       NOT NULL,
  CONSTRAINT quarantine_arrivals CHECK (arrivals >= 1)
);

-- Payloads and results are JSON of a few kilobytes: lz4 costs a fraction of pglz's time for nearly the same size. Servers may be
-- built without it.
DO $$
BEGIN
  ALTER TABLE job ALTER COLUMN payload SET COMPRESSION lz4, ALTER COLUMN result SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'this server has no lz4: payloads and results are compressed with pglz';
END
$$;

-- Batches are written with unnest, and a bigint[] of microseconds is the form of a time that costs least on the way.
CREATE FUNCTION from_micros(bigint) RETURNS timestamptz
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN timestamptz 'epoch' + $1 * interval '1 microsecond';
