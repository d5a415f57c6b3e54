-- The previous version cannot live with a job that waits for its SHARE, and cannot replay one whose result was dropped: both come about
-- only when shares are configured, or results are as old as they are kept.

-- A success has its result, or the time when that was dropped.
ALTER TABLE job
  ADD COLUMN result_dropped_at timestamptz,
  DROP CONSTRAINT job_succeeded,
  ADD CONSTRAINT job_succeeded CHECK (
    (state = 'SUCCEEDED') = (result IS NOT NULL OR result_dropped_at IS NOT NULL)
    AND (result IS NULL OR result_dropped_at IS NULL)),
  DROP CONSTRAINT job_wait_reason,
  ADD CONSTRAINT job_wait_reason CHECK (wait_reason IN ('SCHEDULED', 'RETRY', 'PARKED', 'CONCURRENCY', 'SHARE'));

-- Where results are, by the time of their jobs' ends: an entry for a megabyte of the table, none for a job. What was dropped, and is
-- written anew on another page, is in no entry; what was replayed makes a second span in its page's entry, and does not widen the first.
CREATE INDEX job_result ON job USING brin (finished_at timestamptz_minmax_multi_ops (values_per_range = 8))
  WITH (autosummarize = on) WHERE result IS NOT NULL;

-- How far the results of a type have been dropped: none is left of a job that ended at this time or before. '*' stands for all types without
-- a row of their own; whoever drops results locks it first.
CREATE TABLE result_watermark (
  type          text        PRIMARY KEY,
  dropped_until timestamptz NOT NULL
);
INSERT INTO result_watermark (type, dropped_until) VALUES ('*', timestamptz 'epoch');
