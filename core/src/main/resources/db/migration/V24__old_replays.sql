-- The previous version can live with it for a while: its workers do not say that they have seen a group of failures again, and so have to
-- be gone `millrace.retention.jobs` after this; its schedulers measure no replays.

-- Since when a replay is in its state, and for how long it was running before that: stopped and paused times, and the wait for its first
-- jobs, are no part of its speed. Null of those that were made before it was measured.
ALTER TABLE replay
  ADD COLUMN state_since timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN ran         interval;
UPDATE replay SET state_since = coalesce(ended_at, greatest(as_of, next_at));

-- What retention looks for.
CREATE INDEX replay_over ON replay (state_since) WHERE state IN ('PAUSED', 'STOPPED', 'DONE');

-- The payload that one job was to have goes with what the job was about.
CREATE INDEX replay_payload ON replay ((job_ids[1])) WHERE payload IS NOT NULL;

-- That a job was replayed stays known, and by which replay, when that is gone.
ALTER TABLE job_replay DROP CONSTRAINT job_replay_replay_fkey;

-- When something failed in a group, give or take half an hour: see io.millrace.core.failure.SeenGroups. A group may go some time after
-- that, if no job is in it.
ALTER TABLE failure_group ADD COLUMN last_seen timestamptz NOT NULL DEFAULT now();
