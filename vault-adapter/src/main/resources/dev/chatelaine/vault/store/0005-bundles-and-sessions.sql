-- Named sets of values for sessions. The slots keep a tenant to 50 bundles and a bundle to 50 values.
CREATE TABLE bundles (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    slot BIGINT NOT NULL CHECK (slot BETWEEN 1 AND 50),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 63),
    generation BIGINT NOT NULL CHECK (generation >= 1),
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    last_rotated_at BIGINT
);
CREATE UNIQUE INDEX bundles_by_name ON bundles (tenant, name);
CREATE UNIQUE INDEX bundles_by_slot ON bundles (tenant, slot);

-- The values, sealed one by one. The record is the bundle's id, a slash and the key; the version is the generation of
-- the bundle in which the key got this value.
CREATE TABLE bundle_values (
    record TEXT PRIMARY KEY,
    bundle_id TEXT NOT NULL REFERENCES bundles (id) ON DELETE CASCADE,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    slot BIGINT NOT NULL CHECK (slot BETWEEN 1 AND 50),
    key_name TEXT NOT NULL CHECK (length(key_name) BETWEEN 1 AND 128),
    version BIGINT NOT NULL CHECK (version >= 1),
    sealed BYTEA NOT NULL CHECK (length(sealed) BETWEEN 34 AND 65569),
    key_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX bundle_values_by_slot ON bundle_values (bundle_id, slot);
CREATE INDEX bundle_values_by_key ON bundle_values (tenant, key_id);

-- Sessions. The code (mac), by the tenant's keys, is over all that only starting and resuming change. Bundles are lines
-- of name and id in the session's order, refs lines of key and secret's id.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    status TEXT NOT NULL CHECK (status IN ('running', 'stopped')),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    agent TEXT NOT NULL,
    template TEXT,
    vendor TEXT,
    model TEXT,
    base_url TEXT,
    llm_key TEXT,
    bundles TEXT NOT NULL,
    refs TEXT NOT NULL,
    user_id TEXT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    stopped_at BIGINT,
    mac BYTEA NOT NULL,
    CHECK ((status = 'stopped') = (stopped_at IS NOT NULL))
);
CREATE INDEX sessions_by_age ON sessions (tenant, created_at, id);
CREATE INDEX sessions_running ON sessions (tenant) WHERE status = 'running';

-- Whose change concerns a running session: an index of what the session's row says. Rank 0 is the key of the session's
-- model, 1 to 50 are single secrets, 51 to 60 bundles.
CREATE TABLE session_sources (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    rank BIGINT NOT NULL CHECK (rank BETWEEN 0 AND 60),
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    source_id TEXT NOT NULL,
    PRIMARY KEY (session_id, rank)
);
CREATE INDEX session_sources_by_source ON session_sources (source_id);

-- What a running session was given, sealed for it alone. The record is the session's id, a slash and the key; the
-- version is the revision of the session in which the key got this value. A key that went away stays without a value.
CREATE TABLE session_values (
    record TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    key_name TEXT NOT NULL CHECK (length(key_name) BETWEEN 1 AND 128),
    version BIGINT NOT NULL CHECK (version >= 1),
    source_id TEXT NOT NULL,
    sealed BYTEA CHECK (length(sealed) BETWEEN 34 AND 65569),
    key_id BIGINT,
    CHECK ((sealed IS NULL) = (key_id IS NULL))
);
CREATE INDEX session_values_by_session ON session_values (session_id, version);
CREATE INDEX session_values_by_key ON session_values (tenant, key_id);

-- What lets a runtime read its session's values. Of the token only the SHA-256 is here, with a code (mac) by the
-- tenant's keys over all of the row. The revision is the session's when the token was made.
CREATE TABLE session_tokens (
    hash TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    expires_at BIGINT NOT NULL,
    mac BYTEA NOT NULL
);
CREATE UNIQUE INDEX session_tokens_by_session ON session_tokens (session_id);
CREATE INDEX session_tokens_by_expiry ON session_tokens (expires_at);

-- What changed of late for running sessions, in the order of the commits: the counter's row is held until then.
CREATE TABLE announcement_head (
    singleton BIGINT PRIMARY KEY CHECK (singleton = 1),
    revision BIGINT NOT NULL
);
INSERT INTO announcement_head (singleton, revision) VALUES (1, 0);

CREATE TABLE announcements (
    revision BIGINT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    source_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX announcements_by_age ON announcements (at);
