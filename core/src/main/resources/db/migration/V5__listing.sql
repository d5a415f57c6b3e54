-- Jobs as people look for them, the newest first. A job that comes and ends at once is in neither index, unless it fails. Both begin with
-- what orders a page, so that a page costs the same however many there are; type and tenant are behind it, so that whoever looks for a few
-- of them among millions reads the index and not the table.
CREATE INDEX job_open   ON job (state, created_at, id, type, tenant) WHERE finished_at IS NULL;
CREATE INDEX job_failed ON job (finished_at, id, type, tenant)       WHERE state = 'FAILED';
