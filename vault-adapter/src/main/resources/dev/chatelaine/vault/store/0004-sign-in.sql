-- One-time links into the console. Of the link itself only a hash is kept. Codes (mac) are by the tenant's keys.
CREATE TABLE console_links (
    hash TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    roles TEXT NOT NULL,
    mac BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX console_links_by_expiry ON console_links (expires_at);

-- Who is signed in to the console. Of the cookie only a hash is kept.
CREATE TABLE console_sessions (
    hash TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX console_sessions_by_expiry ON console_sessions (expires_at);
CREATE INDEX console_sessions_by_use ON console_sessions (seen_at);

-- The tenants among which a session may choose, and what it may do there.
CREATE TABLE console_session_tenants (
    hash TEXT NOT NULL REFERENCES console_sessions (hash) ON DELETE CASCADE,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    roles TEXT NOT NULL,
    mac BYTEA NOT NULL,
    PRIMARY KEY (hash, tenant)
);

-- Sign-ins by the organisation's provider that are done, so that none is done twice.
CREATE TABLE console_openid_sign_ins (
    hash TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
