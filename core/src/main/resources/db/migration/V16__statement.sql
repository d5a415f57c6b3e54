-- Where ended jobs are, by the time of their ends: an entry for a megabyte of the table, none for a job, as job_result of the results.
CREATE INDEX job_ended ON job USING brin (finished_at timestamptz_minmax_multi_ops (values_per_range = 8))
  WITH (autosummarize = on) WHERE finished_at IS NOT NULL;

-- What was counted of a stretch of a day, by a run of daily-statement that has not ended.
CREATE TABLE statement_part (
  run_id         uuid        NOT NULL,
  business_date  date        NOT NULL,
  begins_at      timestamptz NOT NULL,
  tenant         text        NOT NULL,
  type           text        NOT NULL,
  succeeded      bigint      NOT NULL,
  failed         bigint      NOT NULL,
  cancelled      bigint      NOT NULL,
  expired        bigint      NOT NULL,
  attempts       bigint      NOT NULL,
  run_micros     bigint      NOT NULL,
  run_longest    bigint      NOT NULL,
  run_buckets    integer[]   NOT NULL,               -- how many took how long: io.millrace.scheduler.statement.Durations
  run_counts     bigint[]    NOT NULL,
  total_longest  bigint      NOT NULL,
  total_buckets  integer[]   NOT NULL,
  total_counts   bigint[]    NOT NULL,
  PRIMARY KEY (run_id, tenant, type, begins_at)
);

-- The lines of statements. What a run writes is nobody's until it is published.
CREATE TABLE statement_line (
  business_date  date   NOT NULL,
  run_id         uuid   NOT NULL,
  tenant         text   NOT NULL,
  type           text   NOT NULL,
  succeeded      bigint NOT NULL,
  failed         bigint NOT NULL,
  cancelled      bigint NOT NULL,
  expired        bigint NOT NULL,
  attempts       bigint NOT NULL,
  run_micros     bigint NOT NULL,
  run_p50        bigint,                             -- in microseconds, as the others; null if nothing ran to its end
  run_p95        bigint,
  run_p99        bigint,
  run_longest    bigint,
  total_p50      bigint,
  total_p95      bigint,
  total_p99      bigint,
  total_longest  bigint,
  PRIMARY KEY (business_date, run_id, tenant, type),
  CONSTRAINT statement_line_durations CHECK (
    num_nulls(run_p50, run_p95, run_p99, run_longest, total_p50, total_p95, total_p99, total_longest) IN (0, 8))
);

-- Which run's lines are the statement of a day.
CREATE TABLE statement (
  business_date  date        PRIMARY KEY,
  run_id         uuid        NOT NULL,
  begins_at      timestamptz NOT NULL,
  ends_at        timestamptz NOT NULL,               -- exclusively
  published_at   timestamptz NOT NULL
);

-- The statements, for whoever reads them by SQL: a day changes as a whole.
CREATE VIEW daily_statement AS
SELECT business_date, tenant, type, succeeded, failed, cancelled, expired, attempts, run_micros / 1e6 AS run_seconds,
  run_p50 / 1e3 AS run_p50_ms, run_p95 / 1e3 AS run_p95_ms, run_p99 / 1e3 AS run_p99_ms, run_longest / 1e3 AS run_longest_ms,
  total_p50 / 1e3 AS total_p50_ms, total_p95 / 1e3 AS total_p95_ms, total_p99 / 1e3 AS total_p99_ms, total_longest / 1e3 AS total_longest_ms,
  begins_at, ends_at, published_at
FROM statement JOIN statement_line USING (business_date, run_id);
