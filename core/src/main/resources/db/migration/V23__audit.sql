-- Who has changed what. Rows are only ever added, each bound by its hash to the one before it.
CREATE TABLE audit (
  number        bigint      PRIMARY KEY,     -- 1, 2, 3 ... without gaps: given out under the lock of the head
  at            timestamptz NOT NULL,
  actor         text        NOT NULL,        -- the subject of the token
  roles         text[]      NOT NULL,
  action        text        NOT NULL,        -- job.cancel
  resource      text        NOT NULL,        -- jobs/6f1c0a52-...
  tenant        text,                        -- whose it is, if it is somebody's
  before        jsonb,
  after         jsonb,
  address       text,                        -- from where
  request_id    text,
  previous_hash bytea       NOT NULL,        -- of the row before; 32 zeros for the first
  keyed_by      text,                        -- the fingerprint of the master key, if the hash is an HMAC
  hash          bytea       NOT NULL,        -- over all of the above, in the form that AuditHash has

  CONSTRAINT audit_number CHECK (number > 0),
  CONSTRAINT audit_hashes CHECK (length(previous_hash) = 32 AND length(hash) = 32)
);

CREATE INDEX audit_actor    ON audit (actor, number);
CREATE INDEX audit_action   ON audit (action, number);
CREATE INDEX audit_resource ON audit (resource, number);
CREATE INDEX audit_tenant   ON audit (tenant, number);
CREATE INDEX audit_at       ON audit (at);

-- The end of the chain: without it nobody could tell that the last rows are missing.
CREATE TABLE audit_head (
  single   boolean PRIMARY KEY DEFAULT true,
  count    bigint  NOT NULL,
  hash     bytea   NOT NULL,                 -- of the last row
  keyed_by text,
  seal     bytea   NOT NULL,                 -- over count and hash, as a row's hash is

  CONSTRAINT audit_head_only CHECK (single)
);

-- SHA-256 over the form that AuditHash has of an empty chain.
INSERT INTO audit_head (count, hash, seal)
VALUES (0, decode(repeat('00', 32), 'hex'), decode('03f3a366caae67a4ed945fbe321da811987480b30f06846ef9846fe3b2e24f9a', 'hex'));

CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is only ever added to: % of % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

CREATE FUNCTION refuse_leap_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.count <> OLD.count + 1 THEN
    RAISE EXCEPTION 'the audit grows one by one, and not from % to %', OLD.count, NEW.count
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head
  FOR EACH ROW EXECUTE FUNCTION refuse_leap_of_audit();
