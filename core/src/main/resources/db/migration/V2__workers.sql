-- A row for each life of a worker process. A lease is this row: what an ended incarnation ran may be taken over.
CREATE TABLE worker (
  incarnation uuid        PRIMARY KEY,
  name        text        NOT NULL,
  version     text        NOT NULL,
  heartbeat   bigint      NOT NULL DEFAULT 0,        -- raised by the worker; whoever watches compares it with its own last reading
  started_at  timestamptz NOT NULL,
  beat_at     timestamptz NOT NULL,                  -- for people only: no decision is made by it
  ended_at    timestamptz,
  end_reason  text,
  CONSTRAINT worker_end_reason CHECK (end_reason IN ('SIGNED_OFF', 'DECLARED_DEAD')),
  CONSTRAINT worker_ended      CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) WITH (fillfactor = 50);                            -- every beat stays on its page

-- The live ones, which everybody watches.
CREATE INDEX worker_live ON worker (incarnation) WHERE ended_at IS NULL;
