-- How many jobs a second have ended lately in a worker, by type, as its last heartbeat says; null if none has, or its version does not say.
ALTER TABLE worker
  ADD COLUMN ended_per_second jsonb;
