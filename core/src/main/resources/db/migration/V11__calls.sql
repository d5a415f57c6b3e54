-- The last call of a failed attempt, for operators: what was sent and what came back, bounded and without secrets. As json and not as jsonb,
-- which takes no NUL in a text, and a stranger's answer may have one.
ALTER TABLE job_attempt ADD COLUMN call json;
