-- What runs by itself: the schedules of the schedulers' configuration, and how far each has come.
CREATE TABLE schedule (
  id           text        PRIMARY KEY,
  cron         text        NOT NULL,
  zone         text        NOT NULL,
  missed       text        NOT NULL CHECK (missed IN ('NONE', 'LATEST', 'ALL')),
  missed_after bigint      NOT NULL, -- milliseconds
  overlap      text        NOT NULL CHECK (overlap IN ('SKIP', 'WAIT', 'START')),
  batch        text,                 -- the batch job that it runs
  parameters   jsonb,                -- with these: texts by name
  tenant       text,                 -- or the job that it enqueues
  type         text,
  payload      bytea,
  done_until   timestamptz NOT NULL, -- every time up to this one has been seen to: it ran, or was left out
  next_at      timestamptz NOT NULL, -- the first time after that
  CONSTRAINT schedule_work CHECK ((batch IS NULL) = (parameters IS NULL) AND (tenant IS NULL) = (type IS NULL)
    AND (tenant IS NULL) = (payload IS NULL) AND (batch IS NULL) <> (tenant IS NULL)),
  CONSTRAINT schedule_forward CHECK (next_at > done_until)
);

-- What became of the times of a schedule, and of its triggers by hand. Written in the transaction that requests the run or enqueues the job.
CREATE TABLE schedule_firing (
  id           uuid        PRIMARY KEY, -- of schedule and time, unless it was triggered
  schedule     text        NOT NULL REFERENCES schedule ON DELETE CASCADE,
  nominal_at   timestamptz NOT NULL,    -- when it was due, however late it ran; when it was triggered
  requested_by text,                    -- who has triggered it; null if its time had come
  state        text        NOT NULL CHECK (state IN ('REQUESTED', 'STARTED', 'TAKEN', 'SKIPPED', 'REFUSED')),
  run_id       uuid,                    -- of a batch job
  job_id       uuid,
  message      text,                    -- what there is to say, to people
  carrier      uuid,                    -- the job of JobRunr that shows it
  decided_at   timestamptz,
  CONSTRAINT schedule_firing_requested_by CHECK (state <> 'REQUESTED' OR requested_by IS NOT NULL),
  CONSTRAINT schedule_firing_decided CHECK ((state = 'REQUESTED') = (decided_at IS NULL)
    AND (state IN ('STARTED', 'TAKEN')) = (num_nonnulls(run_id, job_id) = 1))
);
CREATE INDEX schedule_firing_latest ON schedule_firing (schedule, nominal_at DESC, id);
CREATE INDEX schedule_firing_requested ON schedule_firing (nominal_at) WHERE state = 'REQUESTED';
CREATE INDEX schedule_firing_carrier ON schedule_firing (carrier);

-- JobRunr's own tables, as its 8.7.0 makes them by seventeen scripts; names, types and indexes are its own. JobRunrTablesIT compares them
-- with what the version in use would make. Here they come in one transaction, and no process that is killed leaves a lock behind.
CREATE TABLE jobrunr_jobs (
  id             char(36)     PRIMARY KEY,
  version        integer      NOT NULL,
  jobAsJson      text         NOT NULL,
  jobSignature   varchar(512) NOT NULL,
  state          varchar(36)  NOT NULL,
  createdAt      timestamp    NOT NULL,
  updatedAt      timestamp    NOT NULL,
  scheduledAt    timestamp,
  recurringJobId varchar(128)
) WITH (fillfactor = 50); -- one that runs is written with each poll
CREATE INDEX jobrunr_state_idx ON jobrunr_jobs (state);
CREATE INDEX jobrunr_job_signature_idx ON jobrunr_jobs (jobSignature);
CREATE INDEX jobrunr_job_created_at_idx ON jobrunr_jobs (createdAt);
CREATE INDEX jobrunr_job_scheduled_at_idx ON jobrunr_jobs (scheduledAt);
CREATE INDEX jobrunr_job_rci_idx ON jobrunr_jobs (recurringJobId);
CREATE INDEX jobrunr_jobs_state_updated_idx ON jobrunr_jobs (state, updatedAt);

CREATE TABLE jobrunr_recurring_jobs (
  id        char(128) PRIMARY KEY,
  version   integer   NOT NULL,
  jobAsJson text      NOT NULL,
  createdAt bigint    NOT NULL DEFAULT '0'
);
CREATE INDEX jobrunr_recurring_job_created_at_idx ON jobrunr_recurring_jobs (createdAt);

CREATE TABLE jobrunr_backgroundjobservers (
  id                         char(36)      PRIMARY KEY,
  workerPoolSize             integer       NOT NULL,
  pollIntervalInSeconds      integer       NOT NULL,
  firstHeartbeat             timestamp(6)  NOT NULL,
  lastHeartbeat              timestamp(6)  NOT NULL,
  running                    integer       NOT NULL,
  systemTotalMemory          bigint        NOT NULL,
  systemFreeMemory           bigint        NOT NULL,
  systemCpuLoad              numeric(3, 2) NOT NULL,
  processMaxMemory           bigint        NOT NULL,
  processFreeMemory          bigint        NOT NULL,
  processAllocatedMemory     bigint        NOT NULL,
  processCpuLoad             numeric(3, 2) NOT NULL,
  deleteSucceededJobsAfter   varchar(32),
  permanentlyDeleteJobsAfter varchar(32),
  name                       varchar(128)
);
CREATE INDEX jobrunr_bgjobsrvrs_fsthb_idx ON jobrunr_backgroundjobservers (firstHeartbeat);
CREATE INDEX jobrunr_bgjobsrvrs_lsthb_idx ON jobrunr_backgroundjobservers (lastHeartbeat);

CREATE TABLE jobrunr_metadata (
  id        varchar(156) PRIMARY KEY,
  name      varchar(92)  NOT NULL,
  owner     varchar(64)  NOT NULL,
  value     text         NOT NULL,
  createdAt timestamp    NOT NULL,
  updatedAt timestamp    NOT NULL
);
INSERT INTO jobrunr_metadata (id, name, owner, value, createdAt, updatedAt)
VALUES ('succeeded-jobs-counter-cluster', 'succeeded-jobs-counter', 'cluster', '0', current_timestamp, current_timestamp);

CREATE VIEW jobrunr_jobs_stats AS
WITH job_stat_results AS (SELECT state, count(*) AS count FROM jobrunr_jobs GROUP BY state)
SELECT coalesce((SELECT sum(count) FROM job_stat_results), 0) AS total,
  coalesce((SELECT sum(count) FROM job_stat_results WHERE state = 'AWAITING'), 0) AS awaiting,
  coalesce((SELECT sum(count) FROM job_stat_results WHERE state = 'SCHEDULED'), 0) AS scheduled,
  coalesce((SELECT sum(count) FROM job_stat_results WHERE state = 'ENQUEUED'), 0) AS enqueued,
  coalesce((SELECT sum(count) FROM job_stat_results WHERE state = 'PROCESSING'), 0) AS processing,
  coalesce((SELECT sum(count) FROM job_stat_results WHERE state = 'PROCESSED'), 0) AS processed,
  coalesce((SELECT sum(count) FROM job_stat_results WHERE state = 'FAILED'), 0) AS failed,
  coalesce((SELECT sum(count) FROM job_stat_results WHERE state = 'SUCCEEDED'), 0) AS succeeded,
  coalesce((SELECT cast(cast(value AS char(10)) AS decimal(10, 0)) FROM jobrunr_metadata WHERE id = 'succeeded-jobs-counter-cluster'), 0)
    AS allTimeSucceeded,
  coalesce((SELECT sum(count) FROM job_stat_results WHERE state = 'DELETED'), 0) AS deleted,
  (SELECT count(*) FROM jobrunr_backgroundjobservers) AS nbrOfBackgroundJobServers,
  (SELECT count(*) FROM jobrunr_recurring_jobs) AS nbrOfRecurringJobs;
