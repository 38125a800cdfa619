-- Written once for SQLite and PostgreSQL: TEXT, BIGINT (times are milliseconds since 1970, booleans 0 and 1), BYTEA.
CREATE TABLE schema_steps (
    step BIGINT PRIMARY KEY,
    applied_at BIGINT NOT NULL
);

-- One row: which vault this is, and the proof that a root keyring belongs to it.
CREATE TABLE vault (
    singleton BIGINT PRIMARY KEY CHECK (singleton = 1),
    vault_id TEXT NOT NULL,
    root_check BYTEA NOT NULL,
    root_key_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE tenants (
    tenant TEXT PRIMARY KEY CHECK (length(tenant) BETWEEN 1 AND 128),
    plan TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE tenant_keyrings (
    tenant TEXT PRIMARY KEY REFERENCES tenants (tenant),
    revision BIGINT NOT NULL CHECK (revision >= 1),
    root_key_id BIGINT NOT NULL,
    primary_key_id BIGINT NOT NULL,
    sealed_values_keyset BYTEA NOT NULL,
    sealed_audit_keyset BYTEA NOT NULL
);
CREATE INDEX tenant_keyrings_by_root_key ON tenant_keyrings (root_key_id);

CREATE TABLE secrets (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 128),
    category TEXT NOT NULL CHECK (category IN ('api_key', 'api', 'llm_provider', 'database', 'custom')),
    description TEXT NOT NULL CHECK (length(description) <= 1000),
    provider TEXT,
    version BIGINT NOT NULL CHECK (version >= 1),
    key_status TEXT NOT NULL CHECK (key_status IN ('unverified', 'valid', 'invalid')),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_used_at BIGINT,
    last_verified_at BIGINT,
    deleted_at BIGINT,
    purge_at BIGINT,
    CHECK ((deleted_at IS NULL) = (purge_at IS NULL))
);
CREATE UNIQUE INDEX secrets_by_name ON secrets (tenant, name) WHERE deleted_at IS NULL;
CREATE INDEX secrets_by_tenant ON secrets (tenant, name, id);
CREATE INDEX secrets_to_purge ON secrets (purge_at) WHERE purge_at IS NOT NULL;

CREATE TABLE secret_versions (
    secret_id TEXT NOT NULL REFERENCES secrets (id) ON DELETE CASCADE,
    number BIGINT NOT NULL CHECK (number >= 1),
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    sealed BYTEA NOT NULL CHECK (length(sealed) BETWEEN 34 AND 65569),
    key_id BIGINT NOT NULL,
    hint TEXT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (secret_id, number)
);
CREATE INDEX secret_versions_by_key ON secret_versions (tenant, key_id);

CREATE TABLE llm_configurations (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 128),
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    base_url TEXT,
    fallbacks TEXT NOT NULL,
    is_default BIGINT NOT NULL CHECK (is_default IN (0, 1)),
    ordinal BIGINT NOT NULL,
    key_version BIGINT NOT NULL CHECK (key_version >= 0),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX llm_configurations_by_name ON llm_configurations (tenant, name);
CREATE UNIQUE INDEX llm_configurations_default ON llm_configurations (tenant) WHERE is_default = 1;
CREATE UNIQUE INDEX llm_configurations_by_age ON llm_configurations (tenant, ordinal);

-- The key of a configuration, apart from its record.
CREATE TABLE llm_keys (
    configuration_id TEXT PRIMARY KEY REFERENCES llm_configurations (id) ON DELETE CASCADE,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    version BIGINT NOT NULL CHECK (version >= 1),
    sealed BYTEA NOT NULL CHECK (length(sealed) BETWEEN 34 AND 65569),
    key_id BIGINT NOT NULL,
    hint TEXT,
    key_status TEXT NOT NULL CHECK (key_status IN ('unverified', 'valid', 'invalid')),
    last_verified_at BIGINT,
    last_used_at BIGINT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);
CREATE INDEX llm_keys_by_key ON llm_keys (tenant, key_id);

CREATE TABLE audit_events (
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    sequence BIGINT NOT NULL CHECK (sequence >= 1),
    at BIGINT NOT NULL,
    subject TEXT NOT NULL,
    channel TEXT NOT NULL,
    client TEXT,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'denied')),
    mac BYTEA NOT NULL,
    PRIMARY KEY (tenant, sequence)
);

-- The end of each tenant's chain, so that a missing last event is missed.
CREATE TABLE audit_heads (
    tenant TEXT PRIMARY KEY REFERENCES tenants (tenant),
    sequence BIGINT NOT NULL,
    mac BYTEA NOT NULL
);
