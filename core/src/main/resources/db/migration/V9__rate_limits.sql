-- How far the limits of third parties have been used, by all workers together; in the time of this database. A key that is idle needs no row.
CREATE TABLE rate_limit (
  key        text          PRIMARY KEY,
  windows    text[]        NOT NULL DEFAULT '{}',    -- '50/s', '1000/min': what the arrivals belong to
  arrivals   timestamptz[] NOT NULL DEFAULT '{}',    -- the theoretical arrival time of each
  rest_until timestamptz,                            -- no call before it: the third party has asked for that
  CONSTRAINT rate_limit_windows CHECK (cardinality(windows) = cardinality(arrivals))
) WITH (fillfactor = 50);                            -- every portion stays on its page
