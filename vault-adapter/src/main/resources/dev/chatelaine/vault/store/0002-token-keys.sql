-- The keys that sign the instance's own tokens, sealed by the root keyring; at most one of them signs. One that no
-- longer signs has lost its private part and stays until its tokens have expired.
CREATE TABLE token_keys (
    id TEXT PRIMARY KEY,
    signing BIGINT NOT NULL CHECK (signing IN (0, 1)),
    sealed_private BYTEA,
    sealed_public BYTEA NOT NULL,
    root_key_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    tokens_until BIGINT NOT NULL,
    CHECK ((signing = 1) = (sealed_private IS NOT NULL))
);
CREATE UNIQUE INDEX token_keys_signing ON token_keys (signing) WHERE signing = 1;
