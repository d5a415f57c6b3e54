-- A run of file-import that has taken its file: what became of the lines, each chunk of them in the transaction that enqueues its jobs.
CREATE TABLE file_import (
  run_id     uuid   PRIMARY KEY REFERENCES batch_run ON DELETE CASCADE,
  source     text   NOT NULL,
  file       text   NOT NULL,            -- its name, as it was in the inbox
  jobs       bigint NOT NULL DEFAULT 0,  -- lines that became one
  duplicates bigint NOT NULL DEFAULT 0,  -- lines whose job was there
  rejected   bigint NOT NULL DEFAULT 0
);

-- The lines that became no job, until the run writes them into files.
CREATE TABLE file_import_line (
  run_id     uuid    NOT NULL REFERENCES file_import ON DELETE CASCADE,
  line       bigint  NOT NULL,           -- from 1
  byte       bigint  NOT NULL,           -- where in the file it begins
  length     bigint  NOT NULL,           -- in bytes, without what ends it
  message_id text,                       -- of a duplicate
  reason     text,                       -- why it was rejected
  PRIMARY KEY (run_id, line),
  CONSTRAINT file_import_line_kind CHECK ((message_id IS NULL) <> (reason IS NULL))
);
