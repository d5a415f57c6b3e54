-- How far a running job is, as its handler says. Every transition clears it.
ALTER TABLE job
  ADD COLUMN progress      double precision,
  ADD COLUMN progress_note text,
  ADD CONSTRAINT job_progress CHECK (
    progress IS NULL AND progress_note IS NULL
    OR progress BETWEEN 0 AND 1 AND progress_note IS NOT NULL AND state = 'RUNNING');
