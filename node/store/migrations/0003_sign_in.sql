-- +goose Up

-- What people sign in with: an Argon2id hash, in the form $argon2id$v=19$….
CREATE TABLE password (
    person BYTEA  PRIMARY KEY,
    hash   TEXT   NOT NULL,
    made   BIGINT NOT NULL
);

-- Browsers that are signed in: only the SHA-256 of what their cookie holds.
CREATE TABLE browser_session (
    hash   BYTEA  PRIMARY KEY,
    person BYTEA  NOT NULL,
    lab    BYTEA  NOT NULL,
    role   TEXT   NOT NULL, -- at sign-in; with another role the session is over
    made   BIGINT NOT NULL,
    seen   BIGINT NOT NULL  -- about when it was last used
);
CREATE INDEX browser_session_person ON browser_session (person);

-- Links that are good once: to set the node up, or to choose a password.
CREATE TABLE one_time_link (
    hash    BYTEA  PRIMARY KEY, -- SHA-256 of what the link holds
    purpose TEXT   NOT NULL,    -- setup or join
    person  BYTEA,              -- who is to join
    lab     BYTEA,
    until   BIGINT NOT NULL
);

-- +goose Down
DROP TABLE one_time_link;
DROP TABLE browser_session;
DROP TABLE password;
