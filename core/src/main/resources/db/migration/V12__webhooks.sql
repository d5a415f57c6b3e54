-- Where webhooks of a tenant go.
CREATE TABLE webhook_endpoint (
  tenant          text        NOT NULL,
  id              text        NOT NULL,
  url             text        NOT NULL,
  description     text        NOT NULL,
  event_types     text[]      NOT NULL,              -- what it wants; empty for everything
  origin          text        NOT NULL,              -- who may change the row: the configuration only touches what it has made

  state           text        NOT NULL,
  disabled_reason text,
  disabled_at     timestamptz,
  announce_due    boolean     NOT NULL DEFAULT false, -- that it was disabled; cleared after the broker's confirm
  failing_since   timestamptz,                       -- the first failure after the last success
  last_success_at timestamptz,                       -- about: written once an hour at most

  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,

  PRIMARY KEY (tenant, id),
  CONSTRAINT webhook_endpoint_origin   CHECK (origin IN ('CONFIGURATION', 'API')),
  CONSTRAINT webhook_endpoint_state    CHECK (state IN ('ENABLED', 'DISABLED')),
  CONSTRAINT webhook_endpoint_reason   CHECK (disabled_reason IN ('FAILING', 'GONE', 'OPERATOR', 'NOT_CONFIGURED')),
  CONSTRAINT webhook_endpoint_disabled CHECK ((state = 'DISABLED') = (disabled_reason IS NOT NULL)
                                              AND (state = 'DISABLED') = (disabled_at IS NOT NULL)),
  CONSTRAINT webhook_endpoint_announce CHECK (NOT announce_due OR state = 'DISABLED')
);

CREATE INDEX webhook_endpoint_unannounced ON webhook_endpoint (tenant, id) WHERE announce_due;

-- What its webhooks are signed with: with all of them, so that a receiver may learn a new one before the old one is retired.
CREATE TABLE webhook_key (
  tenant     text        NOT NULL,
  endpoint   text        NOT NULL,
  id         text        NOT NULL,                   -- a hash of the key
  sealed     bytea       NOT NULL,                   -- AES-256-GCM: nonce, ciphertext, tag; bound to the primary key
  sealed_by  text        NOT NULL,                   -- the fingerprint of the master key
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, endpoint, id),
  FOREIGN KEY (tenant, endpoint) REFERENCES webhook_endpoint (tenant, id) ON DELETE CASCADE
);
