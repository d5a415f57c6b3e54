-- Spring Batch's own tables, as its JDBC repository expects them, with the indexes that it leaves out.
CREATE TABLE batch_job_instance (
  job_instance_id bigint       PRIMARY KEY,
  version         bigint,
  job_name        varchar(100) NOT NULL,
  job_key         varchar(32)  NOT NULL,
  CONSTRAINT job_inst_un UNIQUE (job_name, job_key)
);

CREATE TABLE batch_job_execution (
  job_execution_id bigint    PRIMARY KEY,
  version          bigint,
  job_instance_id  bigint    NOT NULL CONSTRAINT job_inst_exec_fk REFERENCES batch_job_instance,
  create_time      timestamp NOT NULL,
  start_time       timestamp,
  end_time         timestamp,
  status           varchar(10),
  exit_code        varchar(2500),
  exit_message     varchar(2500),
  last_updated     timestamp
);
CREATE INDEX batch_job_execution_instance ON batch_job_execution (job_instance_id);

CREATE TABLE batch_job_execution_params (
  job_execution_id bigint       NOT NULL CONSTRAINT job_exec_params_fk REFERENCES batch_job_execution,
  parameter_name   varchar(100) NOT NULL,
  parameter_type   varchar(100) NOT NULL,
  parameter_value  varchar(2500),
  identifying      char(1)      NOT NULL
);
CREATE INDEX batch_job_execution_params_execution ON batch_job_execution_params (job_execution_id);

CREATE TABLE batch_step_execution (
  step_execution_id  bigint       PRIMARY KEY,
  version            bigint       NOT NULL,
  step_name          varchar(100) NOT NULL,
  job_execution_id   bigint       NOT NULL CONSTRAINT job_exec_step_fk REFERENCES batch_job_execution,
  create_time        timestamp    NOT NULL,
  start_time         timestamp,
  end_time           timestamp,
  status             varchar(10),
  commit_count       bigint,
  read_count         bigint,
  filter_count       bigint,
  write_count        bigint,
  read_skip_count    bigint,
  write_skip_count   bigint,
  process_skip_count bigint,
  rollback_count     bigint,
  exit_code          varchar(2500),
  exit_message       varchar(2500),
  last_updated       timestamp
) WITH (fillfactor = 50); -- written once a chunk
CREATE INDEX batch_step_execution_execution ON batch_step_execution (job_execution_id);

CREATE TABLE batch_step_execution_context (
  step_execution_id  bigint        PRIMARY KEY CONSTRAINT step_exec_ctx_fk REFERENCES batch_step_execution,
  short_context      varchar(2500) NOT NULL,
  serialized_context text
) WITH (fillfactor = 50); -- written once a chunk

CREATE TABLE batch_job_execution_context (
  job_execution_id   bigint        PRIMARY KEY CONSTRAINT job_exec_ctx_fk REFERENCES batch_job_execution,
  short_context      varchar(2500) NOT NULL,
  serialized_context text
);

CREATE SEQUENCE batch_step_execution_seq;
CREATE SEQUENCE batch_job_execution_seq;
CREATE SEQUENCE batch_job_instance_seq;

-- Which batch jobs the schedulers know, so that others can say what may be started.
CREATE TABLE batch_job (
  name                   text        PRIMARY KEY,
  description            text        NOT NULL,
  repeatable             boolean     NOT NULL,
  parameter_names        text[]      NOT NULL,
  parameter_kinds        text[]      NOT NULL,
  parameter_descriptions text[]      NOT NULL,
  parameter_defaults     text[]      NOT NULL, -- with nulls
  seen_at                timestamptz NOT NULL  -- when a scheduler that has it began last
);

-- A run, however often it is restarted: a job instance of Spring Batch.
CREATE TABLE batch_run (
  id             uuid             PRIMARY KEY,
  job            text             NOT NULL,
  parameters     jsonb            NOT NULL, -- texts by name, all that the job has declared
  repeatable     boolean          NOT NULL, -- as the job was when the run was requested
  state          text             NOT NULL CHECK (state IN ('REQUESTED', 'RUNNING', 'STOPPED', 'FAILED', 'COMPLETED', 'ABANDONED')),
  requested_by   text             NOT NULL, -- a schedule, or whoever else
  requested_at   timestamptz      NOT NULL,
  due_at         timestamptz      NOT NULL, -- not to be begun before
  stop_requested boolean          NOT NULL DEFAULT false,
  owner          text,                      -- the scheduler that manages it
  token          bigint           NOT NULL DEFAULT 0, -- one more whenever it changes hands
  lease_until    timestamptz,
  begun          timestamptz[]    NOT NULL DEFAULT '{}', -- when it was begun, the last ones
  started_at     timestamptz,               -- for the first time
  ended_at       timestamptz,
  step           text,                      -- at work
  items_done     bigint           NOT NULL DEFAULT 0,
  items_total    bigint           NOT NULL DEFAULT 0, -- of the steps that have begun; 0 if nobody knows
  items_skipped  bigint           NOT NULL DEFAULT 0,
  items_a_second double precision NOT NULL DEFAULT 0, -- lately
  message        text,                      -- why it has failed, or is begun again
  CONSTRAINT batch_run_owned CHECK ((state = 'RUNNING') = (owner IS NOT NULL) AND (owner IS NULL) = (lease_until IS NULL)),
  CONSTRAINT batch_run_ended CHECK ((state IN ('REQUESTED', 'RUNNING')) = (ended_at IS NULL))
) WITH (fillfactor = 50);

-- The same work is done by one run at a time, and unless it may be repeated by one run ever.
CREATE UNIQUE INDEX batch_run_open ON batch_run (job, parameters) WHERE state NOT IN ('COMPLETED', 'ABANDONED');
CREATE UNIQUE INDEX batch_run_once ON batch_run (job, parameters) WHERE NOT repeatable AND state <> 'ABANDONED';
CREATE INDEX batch_run_active ON batch_run (due_at) WHERE state IN ('REQUESTED', 'RUNNING');
CREATE INDEX batch_run_latest ON batch_run (requested_at DESC, id);

-- A part of a step's work, as one execution of Spring Batch: a run that is restarted has new ones for what is left.
CREATE TABLE batch_partition (
  step_execution_id bigint  PRIMARY KEY,
  run_id            uuid    NOT NULL REFERENCES batch_run ON DELETE CASCADE,
  step              text    NOT NULL,
  name              text    NOT NULL,
  place             integer NOT NULL, -- in the order of their beginning
  items_total       bigint  NOT NULL, -- of the whole partition; 0 if nobody knows
  items_before      bigint  NOT NULL DEFAULT 0, -- done by earlier executions
  items_done        bigint  NOT NULL DEFAULT 0, -- by this one and earlier ones, and committed: written with each chunk
  items_skipped     bigint  NOT NULL DEFAULT 0, -- of them
  started_at        timestamptz,      -- when it was claimed for the first time
  ended_at          timestamptz,
  state             text    NOT NULL CHECK (state IN ('READY', 'RUNNING', 'ENDED', 'VOID')), -- VOID: its run was restarted without it
  owner             text,             -- the scheduler that does it, or did
  token             bigint  NOT NULL DEFAULT 0,
  lease_until       timestamptz,
  message           text,             -- why it has failed
  permanent         boolean NOT NULL DEFAULT false, -- whether to begin it again would not help
  CONSTRAINT batch_partition_owned CHECK ((state = 'RUNNING') = (lease_until IS NOT NULL) AND (state <> 'RUNNING' OR owner IS NOT NULL))
) WITH (fillfactor = 50);
CREATE INDEX batch_partition_run ON batch_partition (run_id, step, place);
CREATE INDEX batch_partition_open ON batch_partition (place) WHERE state IN ('READY', 'RUNNING');

-- What was left out.
CREATE TABLE batch_skip (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id     uuid        NOT NULL REFERENCES batch_run ON DELETE CASCADE,
  step       text        NOT NULL,
  partition  text        NOT NULL,
  item       text        NOT NULL, -- 1,000 characters of it
  reason     text        NOT NULL,
  skipped_at timestamptz NOT NULL
);
CREATE INDEX batch_skip_run ON batch_skip (run_id, id);

-- What was added up at the end.
CREATE TABLE batch_total (
  run_id   uuid    NOT NULL REFERENCES batch_run ON DELETE CASCADE,
  name     text    NOT NULL,
  expected numeric NOT NULL,
  actual   numeric NOT NULL,
  PRIMARY KEY (run_id, name)
);
