-- +goose Up

-- Keys that actors sign with: one for each LAB, and the node's own under the zero id.
CREATE TABLE actor_key (
    actor   BYTEA  PRIMARY KEY,
    private BYTEA  NOT NULL, -- PKCS #8
    made    BIGINT NOT NULL
);

-- Sister LABs on other nodes, as a LAB of this node deals with them.
CREATE TABLE peer (
    id        BYTEA    PRIMARY KEY,
    lab       BYTEA    NOT NULL,
    actor     BYTEA    NOT NULL, -- id of its actor, which is the LAB there
    iri       TEXT     NOT NULL,
    name      TEXT     NOT NULL,
    inbox     TEXT     NOT NULL, -- empty until the actor was looked up
    follower  TEXT     NOT NULL, -- what it asked of us: empty, requested, approved, rejected or failed
    follow    TEXT     NOT NULL, -- its Follow, as it came
    checked   BOOLEAN  NOT NULL, -- that it asked is proven by its signature
    knock     TEXT     NOT NULL, -- the signed request that brought its Follow, until the signature is checked
    audience  BYTEA,             -- what it is given
    following TEXT     NOT NULL, -- what we asked of it: empty, requested, approved, rejected or failed
    followed  TEXT     NOT NULL, -- IRI of our Follow
    blocked   BOOLEAN  NOT NULL,
    error     TEXT     NOT NULL, -- why the last of all this failed
    requested BIGINT,
    decided   BIGINT,
    delivered BIGINT   NOT NULL, -- position in the audience's log up to which it has taken what it is given
    attempts  INTEGER  NOT NULL, -- failed ones since the last success
    next_try  BIGINT   NOT NULL,
    sent      BIGINT,            -- when it last took something
    leased    BIGINT   NOT NULL, -- until when a process delivers to it
    made      BIGINT   NOT NULL,
    UNIQUE (lab, actor)
);

-- What a LAB shares, under a name.
CREATE TABLE audience (
    id      BYTEA  PRIMARY KEY,
    lab     BYTEA  NOT NULL,
    name    TEXT   NOT NULL,
    scanned BIGINT NOT NULL, -- journal position up to which its log is made
    size    BIGINT NOT NULL, -- last position in its log
    made    BIGINT NOT NULL,
    UNIQUE (lab, name)
);

-- The bytes that an audience was given, in order and without gaps.
CREATE TABLE audience_log (
    audience   BYTEA  NOT NULL,
    position   BIGINT NOT NULL,
    kind       TEXT   NOT NULL, -- Create, Update or Delete
    record     BYTEA  NOT NULL,
    activity   TEXT   NOT NULL, -- its IRI
    object     TEXT   NOT NULL, -- the record's IRI as the audience knows it
    body       BYTEA  NOT NULL,
    salt       BYTEA  NOT NULL,
    commitment BYTEA  NOT NULL, -- SHA-256 of salt and body
    at         BIGINT NOT NULL,
    PRIMARY KEY (audience, position)
);
CREATE INDEX audience_log_record ON audience_log (record, audience);
CREATE INDEX audience_log_object ON audience_log (audience, object);

-- Persons of whom an audience is to be told again: who they are changed, which the journal does not say.
CREATE TABLE audience_due (
    audience BYTEA NOT NULL,
    record   BYTEA NOT NULL,
    PRIMARY KEY (audience, record)
);

-- Messages to single peers: Follow, Accept, Reject, Undo.
CREATE TABLE message (
    id       BYTEA   PRIMARY KEY,
    lab      BYTEA   NOT NULL,
    actor    BYTEA   NOT NULL,
    kind     TEXT    NOT NULL,
    body     BYTEA   NOT NULL,
    made     BIGINT  NOT NULL,
    attempts INTEGER NOT NULL,
    next_try BIGINT  NOT NULL,
    leased   BIGINT  NOT NULL,
    error    TEXT    NOT NULL,
    state    TEXT    NOT NULL -- waiting, sent or dead
);
CREATE INDEX message_state ON message (state, next_try);

-- Activities that peers sent, each accepted once, as they came.
CREATE TABLE received (
    activity BYTEA  PRIMARY KEY, -- id of its IRI
    actor    BYTEA  NOT NULL,
    lab      BYTEA  NOT NULL,
    kind     TEXT   NOT NULL,
    body     BYTEA  NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX received_lab ON received (lab, at);

-- Records elsewhere that their LAB has deleted: they stay gone.
CREATE TABLE gone (
    record BYTEA  PRIMARY KEY,
    at     BIGINT NOT NULL
);

-- What was refused though it came from a peer: who wants to know why looks here.
CREATE TABLE refused (
    id     BYTEA  PRIMARY KEY,
    lab    BYTEA  NOT NULL,
    actor  BYTEA  NOT NULL,
    reason TEXT   NOT NULL,
    object TEXT   NOT NULL,
    at     BIGINT NOT NULL
);
CREATE INDEX refused_lab ON refused (lab, at);

-- Public keys of actors elsewhere, and when a key could not be had.
CREATE TABLE peer_key (
    iri     TEXT   PRIMARY KEY,
    owner   TEXT   NOT NULL,
    pem     TEXT   NOT NULL, -- empty: it could not be had
    fetched BIGINT NOT NULL
);
CREATE INDEX peer_key_fetched ON peer_key (fetched);

-- Since when a person lets sister groups know their name; NULL where not.
ALTER TABLE identity ADD COLUMN shared BIGINT;

-- +goose Down
ALTER TABLE identity DROP COLUMN shared;
DROP TABLE peer_key;
DROP TABLE refused;
DROP TABLE gone;
DROP TABLE received;
DROP TABLE message;
DROP TABLE audience_due;
DROP TABLE audience_log;
DROP TABLE audience;
DROP TABLE peer;
DROP TABLE actor_key;
