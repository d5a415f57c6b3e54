-- Enqueueing inside a transaction of somebody else's: a system on the same database calls enqueue_job beside its own writes, and the
-- job is there if and only if its transaction commits. These three functions are a contract, for every language, as the message is.

-- The id of a job: what io.millrace.client.contract.JobId derives, a UUID of version 8 over tenant, a zero byte and message id.
CREATE FUNCTION job_id(tenant text, message_id text) RETURNS uuid
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (
    SELECT encode(set_byte(set_byte(hash, 6, get_byte(hash, 6) & 15 | 128), 8, get_byte(hash, 8) & 63 | 128), 'hex')::uuid
    FROM (SELECT substr(sha256(convert_to(tenant, 'UTF8') || '\x00'::bytea || convert_to(message_id, 'UTF8')), 1, 16) AS hash) AS hashed
  );

-- What tells a repeat from a reused message id: as io.millrace.client.contract.Fingerprint, over type, a zero byte and payload.
CREATE FUNCTION job_fingerprint(type text, payload bytea) RETURNS uuid
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN encode(substr(sha256(convert_to(type, 'UTF8') || '\x00'::bytea || payload), 1, 16), 'hex')::uuid;

-- Records a job and wakes the dispatcher once the transaction commits. Call it by the names of its parameters:
--
--   SELECT enqueue_job(tenant => 'acme', type => 'loan.amortize', message_id => 'loan-1', payload => '{"principal":"250000"}');
--
-- Answers whether the job is new. False means that the tenant has had this message id before, with the same type and payload: nothing
-- changes. A new job whose unique key another job holds that has not ended is recorded, and at once CANCELLED as its duplicate.
--
--   tenant, message_id   1 to 200 characters without control characters; message_id is the idempotency key, unique for its tenant
--   type                 words of a-z, 0-9 and '-', joined by dots; at most 100 characters
--   payload              JSON in UTF-8; read by the worker only, so a wrong one becomes a job that fails
--   lane                 HIGH, NORMAL or LOW
--   due_at, deadline     not to be started before the one, nor after the other; by default at once, and without end
--   unique_key, concurrency_key, subject   as in the message contract; as tenant
--   reply_to, correlation_id   at most 255 bytes; reply_to has to be permitted by the configuration of the engine
--   traceparent, source  W3C Trace Context; the CloudEvents source
--   id, fingerprint      what the functions above give; whoever has computed them already may pass them on
--
-- Errors, each of which aborts the transaction:
--   MR001   the message id names an earlier job with another type or payload
--   MR002   a parameter breaks the rules above
--   40001   no decision in many tries, or the isolation level forbids one: begin the transaction anew
--
-- It waits for a transaction that has enqueued the same message id or the same unique key and has not ended. So whoever enqueues many jobs
-- in one transaction does it in a fixed order, or risks a deadlock (40P01). It takes part in NOTIFY's lock at commit: for a stream of
-- thousands of jobs a second, publish messages instead.
CREATE FUNCTION enqueue_job(
  tenant          text,
  type            text,
  message_id      text,
  payload         bytea,
  lane            text        DEFAULT 'NORMAL',
  due_at          timestamptz DEFAULT NULL,
  deadline        timestamptz DEFAULT NULL,
  unique_key      text        DEFAULT NULL,
  concurrency_key text        DEFAULT NULL,
  subject         text        DEFAULT NULL,
  reply_to        text        DEFAULT NULL,
  correlation_id  text        DEFAULT NULL,
  traceparent     text        DEFAULT NULL,
  source          text        DEFAULT NULL,
  id              uuid        DEFAULT NULL,
  fingerprint     uuid        DEFAULT NULL
) RETURNS boolean
  LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER               -- who enqueues needs no right to read or write the jobs of others
AS $$
DECLARE
  moment  constant timestamptz := clock_timestamp();
  own_id  constant uuid := coalesce(id, job_id(tenant, message_id));
  print   constant uuid := coalesce(fingerprint, job_fingerprint(type, payload));
  wrong   text;
  known   uuid;
  holder  uuid;                  -- of the unique key
BEGIN
  IF num_nulls(tenant, type, message_id, payload) > 0 THEN
    RAISE EXCEPTION 'a job needs tenant, type, message_id and payload' USING ERRCODE = 'MR002';
  END IF;
  IF type !~ '^[a-z0-9-]+(\.[a-z0-9-]+)*$' OR length(type) > 100 THEN
    RAISE EXCEPTION '''%'' is no job type', type
      USING ERRCODE = 'MR002', HINT = 'Use words of a-z, 0-9 and ''-'', joined by dots, at most 100 characters.';
  END IF;
  SELECT parameter INTO wrong
  FROM (VALUES ('tenant', tenant), ('message_id', message_id), ('unique_key', unique_key), ('concurrency_key', concurrency_key),
    ('subject', subject)) AS named (parameter, given)
  WHERE given !~ '^[^\u0001-\u001f\u007f-\u009f]{1,200}$'
  LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'the % of a job of type ''%'' is empty, too long, or has control characters', wrong, type
      USING ERRCODE = 'MR002', HINT = 'Use 1 to 200 characters without control characters.';
  END IF;
  IF octet_length(reply_to) NOT BETWEEN 1 AND 255 OR octet_length(correlation_id) NOT BETWEEN 1 AND 255 THEN
    RAISE EXCEPTION 'reply_to or correlation_id of a job of type ''%'' is empty or too long', type
      USING ERRCODE = 'MR002', HINT = 'AMQP carries 255 bytes.';
  END IF;

  -- Whoever holds the key may end between two statements, and the next may take it: so look and try again.
  FOR try IN 1..10 LOOP
    INSERT INTO job (
      id, tenant, type, message_id, lane, payload, fingerprint,
      state, wait_reason, due_at, attempt, announce_due, duplicate_of,
      deadline, unique_key, concurrency_key, subject, reply_to, correlation_id, traceparent, source,
      created_at, finished_at)
    VALUES (
      own_id, tenant, type, message_id, lane, payload, print,
      CASE WHEN holder IS NULL THEN 'WAITING' ELSE 'CANCELLED' END,
      CASE WHEN holder IS NULL THEN 'SCHEDULED' END,
      CASE WHEN holder IS NULL THEN coalesce(due_at, moment) END,
      1, holder IS NOT NULL, holder,
      deadline, unique_key, concurrency_key, subject, reply_to, correlation_id, traceparent, source,
      moment, CASE WHEN holder IS NOT NULL THEN moment END)
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
      PERFORM pg_notify('millrace_due', '');   -- reaches the dispatcher at commit, once for each transaction
      RETURN true;
    END IF;

    SELECT job.fingerprint INTO known FROM job WHERE job.id = own_id;
    IF FOUND THEN
      IF known <> print THEN
        RAISE EXCEPTION 'the message id ''%'' of tenant ''%'' names an earlier job with another type or payload', message_id, tenant
          USING ERRCODE = 'MR001', HINT = 'Give each job a message id of its own, and keep it when you enqueue the same job again.';
      END IF;
      RETURN false;
    END IF;

    SELECT job.id INTO holder
    FROM job
    WHERE job.tenant = enqueue_job.tenant AND job.type = enqueue_job.type AND job.unique_key = enqueue_job.unique_key
      AND job.finished_at IS NULL;
  END LOOP;
  RAISE EXCEPTION 'others take and leave the unique key ''%'' faster than it can be looked at', unique_key
    USING ERRCODE = 'serialization_failure', HINT = 'Begin the transaction anew.';
END
$$;

-- The callers' search path decides nothing, and their temporary tables come last. Whom an operator lets enqueue gets
-- USAGE on the schema and EXECUTE on the function, and needs nothing else.
REVOKE ALL ON FUNCTION enqueue_job FROM PUBLIC;
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION enqueue_job SET search_path = %I, pg_temp', current_schema());
END
$$;
