-- Permissions for one person to enter one value, while they last and for a day after. Of the ticket itself only the
-- SHA-256 is here, and a code (mac) by the tenant's keys over all that never changes.
CREATE TABLE entry_tickets (
    id TEXT PRIMARY KEY,
    ticket_hash TEXT NOT NULL,
    tenant TEXT NOT NULL REFERENCES tenants (tenant),
    subject TEXT NOT NULL,
    channel TEXT NOT NULL,
    client TEXT,
    page TEXT NOT NULL CHECK (page IN ('local', 'console')),
    purpose TEXT NOT NULL CHECK (purpose IN ('create_secret', 'update_secret', 'set_key')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 128),
    category TEXT,
    description TEXT,
    record_id TEXT,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'used', 'declined', 'expired')),
    mac BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX entry_tickets_by_hash ON entry_tickets (ticket_hash);
CREATE INDEX entry_tickets_open ON entry_tickets (tenant, subject) WHERE state = 'open';
CREATE INDEX entry_tickets_by_expiry ON entry_tickets (expires_at);
