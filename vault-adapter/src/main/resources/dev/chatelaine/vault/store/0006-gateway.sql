-- Keys that Chatelaine issues to call the gateway. The code (mac), by the tenant's keys, is over all that says what a key
-- may. A deleted key stays as a name for what it spent. Models are lines; none at all (NULL) is every model.
CREATE TABLE gateway_keys (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 128),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    allowed_models TEXT,
    fallback_model TEXT,
    expires_at BIGINT,
    hint TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    mac BYTEA NOT NULL
);
CREATE UNIQUE INDEX gateway_keys_by_name ON gateway_keys (tenant, name) WHERE deleted_at IS NULL;
CREATE INDEX gateway_keys_by_tenant ON gateway_keys (tenant, name, id);

-- What lets a caller in. Of the key itself only the SHA-256 is here, with a code (mac) by the tenant's keys over all of
-- the row. A key that was rotated has its old ones beside the present one, until their grace is over.
CREATE TABLE gateway_key_secrets (
    hash TEXT PRIMARY KEY,
    key_id TEXT NOT NULL REFERENCES gateway_keys (id) ON DELETE CASCADE,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    expires_at BIGINT,
    mac BYTEA NOT NULL
);
CREATE INDEX gateway_key_secrets_by_key ON gateway_key_secrets (key_id);

-- What may be used up, and how much of it is: a gateway key's money in micro-USD (the meter is the key's id), a tenant's
-- tokens of the pool in a month (the meter is pool:2026-11). The bound is the cap, or what was committed when the cap was
-- lowered; overrun is what was used beyond what the cap had room for. The code (mac) is over all of the row.
CREATE TABLE usage_meters (
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    meter TEXT NOT NULL,
    cap BIGINT CHECK (cap >= 0),
    bound BIGINT NOT NULL CHECK (bound BETWEEN 0 AND 1000000000000000000),
    used BIGINT NOT NULL CHECK (used >= 0),
    reserved BIGINT NOT NULL CHECK (reserved >= 0),
    overrun BIGINT NOT NULL CHECK (overrun >= 0),
    last_used_at BIGINT,
    closed BIGINT NOT NULL CHECK (closed IN (0, 1)),
    mac BYTEA NOT NULL,
    PRIMARY KEY (tenant, meter),
    CHECK (used + reserved <= bound)
);

-- Requests under way, each with its worst case, which the meters hold as reserved. One that nobody settled by its deadline
-- is settled with its worst case, and stays for a day, so that what was really used can be written still. The code (mac)
-- is over all of the row.
CREATE TABLE usage_reservations (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    key_id TEXT,
    configuration TEXT,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    credential TEXT NOT NULL CHECK (credential IN ('byok', 'pool')),
    prompt_tokens BIGINT NOT NULL CHECK (prompt_tokens >= 0),
    completion_tokens BIGINT NOT NULL CHECK (completion_tokens >= 0),
    cost BIGINT CHECK (cost >= 0),
    begun_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    swept BIGINT NOT NULL CHECK (swept IN (0, 1)),
    mac BYTEA NOT NULL
);
CREATE INDEX usage_reservations_by_expiry ON usage_reservations (tenant, swept, expires_at);

-- One row per request that is over: what it was and what it cost, never what was said in it. Costs are in micro-USD, NULL
-- where the model's price is not known.
CREATE TABLE usage_records (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    at BIGINT NOT NULL,
    key_id TEXT,
    configuration TEXT,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    credential TEXT NOT NULL CHECK (credential IN ('byok', 'pool', 'none')),
    status BIGINT NOT NULL,
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    prompt_tokens BIGINT NOT NULL CHECK (prompt_tokens >= 0),
    completion_tokens BIGINT NOT NULL CHECK (completion_tokens >= 0),
    cached_tokens BIGINT NOT NULL CHECK (cached_tokens >= 0),
    cost BIGINT CHECK (cost >= 0),
    latency BIGINT CHECK (latency >= 0),
    first_byte BIGINT CHECK (first_byte >= 0),
    streamed BIGINT NOT NULL CHECK (streamed IN (0, 1)),
    estimated BIGINT NOT NULL CHECK (estimated IN (0, 1))
);
CREATE INDEX usage_records_by_time ON usage_records (tenant, at);

-- The platform's own provider keys, sealed by the keys of the reserved tenant.
CREATE TABLE pool_keys (
    provider TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    version BIGINT NOT NULL CHECK (version >= 1),
    sealed BYTEA NOT NULL CHECK (length(sealed) BETWEEN 34 AND 65569),
    key_id BIGINT NOT NULL,
    hint TEXT,
    key_status TEXT NOT NULL CHECK (key_status IN ('unverified', 'valid', 'invalid')),
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);
CREATE INDEX pool_keys_by_key ON pool_keys (tenant, key_id);
