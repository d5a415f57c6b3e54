-- The previous version cannot live with this: it reads the column whenever it reserves. Nothing is lost with it, for what third parties
-- ask for is kept in the table dependency.
ALTER TABLE rate_limit DROP COLUMN rest_until;
