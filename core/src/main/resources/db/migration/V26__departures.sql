-- How often a scheduler that was stopped has left a partition to others. What is left in good order is no failed attempt at it.
ALTER TABLE batch_partition ADD COLUMN departures integer NOT NULL DEFAULT 0;
