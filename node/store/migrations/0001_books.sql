-- +goose Up

-- The node itself: its address and the secret that authenticates cursors.
CREATE TABLE node (
    one        SMALLINT PRIMARY KEY CHECK (one = 1),
    base_url   TEXT     NOT NULL,
    secret     BYTEA    NOT NULL,
    made       BIGINT   NOT NULL
);

-- Addresses that the node had before, so that a move changes no id.
CREATE TABLE former_address (
    base_url TEXT PRIMARY KEY
);

-- The journal: everything ever accepted, in order, each entry chained to the one before.
CREATE TABLE journal (
    position   BIGINT PRIMARY KEY,
    entry      BYTEA  NOT NULL UNIQUE, -- also the record's revision
    record     BYTEA  NOT NULL,
    class      TEXT   NOT NULL,
    operation  TEXT   NOT NULL,        -- create, update, delete or adopt
    lab        BYTEA,                  -- the books; NULL for the node's own
    who        BYTEA,                  -- the agent that recorded; NULL for the command line
    at         BIGINT NOT NULL,        -- microseconds since 1970
    key        TEXT   NOT NULL,        -- idempotency key
    salt       BYTEA,                  -- NULL once redacted
    body       BYTEA,                  -- canonical JSON; NULL once redacted
    commitment BYTEA  NOT NULL,        -- SHA-256 of salt and body
    hash       BYTEA  NOT NULL         -- SHA-256 of the hash before, the header and the commitment
);
CREATE INDEX journal_record ON journal (record, position);

-- Its last entry; the row that a writer holds. cached counts the changes to
-- what processes keep in memory.
CREATE TABLE journal_head (
    one      SMALLINT PRIMARY KEY CHECK (one = 1),
    position BIGINT   NOT NULL,
    hash     BYTEA    NOT NULL,
    cached   BIGINT   NOT NULL
);

-- What was answered to a write, by its key: the same key twice has one effect.
CREATE TABLE idempotency (
    scope   BYTEA  NOT NULL, -- LAB and user
    key     TEXT   NOT NULL,
    request BYTEA  NOT NULL, -- SHA-256 of what was asked
    answer  TEXT   NOT NULL, -- ids of the records made
    at      BIGINT NOT NULL,
    PRIMARY KEY (key, scope)
);

-- Who a person is: outside the journal, so that it can be erased.
CREATE TABLE identity (
    id    BYTEA PRIMARY KEY,
    iri   TEXT NOT NULL,
    name  TEXT NOT NULL,
    image TEXT NOT NULL,
    note  TEXT NOT NULL
);

-- Bearer tokens: only their SHA-256.
CREATE TABLE token (
    hash    BYTEA  PRIMARY KEY,
    person  BYTEA  NOT NULL,
    lab     BYTEA  NOT NULL,
    role    TEXT   NOT NULL,
    made    BIGINT NOT NULL,
    revoked BIGINT
);

-- Below: projections, computed from the journal.

CREATE TABLE lab (
    id       BYTEA   PRIMARY KEY, -- its Organization
    slug     TEXT    NOT NULL UNIQUE,
    zone     TEXT    NOT NULL,    -- IANA name
    overdraw BOOLEAN NOT NULL,    -- policy: stocks may fall below zero
    members_record BOOLEAN NOT NULL, -- policy: members record for the LAB
    position BIGINT  NOT NULL,
    revision BYTEA   NOT NULL
);

CREATE TABLE membership (
    id       BYTEA PRIMARY KEY,
    lab      BYTEA NOT NULL REFERENCES lab (id),
    person   BYTEA NOT NULL,
    role     TEXT  NOT NULL,
    position BIGINT NOT NULL,
    revision BYTEA NOT NULL
);
CREATE INDEX membership_lab ON membership (lab, person);

-- IRIs of records of classes that are not kept: named, never told.
CREATE TABLE iri (
    id       BYTEA PRIMARY KEY,
    iri      TEXT  NOT NULL,
    class    TEXT  NOT NULL,
    position BIGINT NOT NULL,
    revision BYTEA NOT NULL
);

-- Which other LABs of this node name an agent too.
CREATE TABLE agent_lab (
    agent BYTEA NOT NULL,
    lab   BYTEA NOT NULL,
    PRIMARY KEY (agent, lab)
);

CREATE TABLE spatial_thing (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL,
    lat_coef BIGINT, lat_scale SMALLINT, long_coef BIGINT, long_scale SMALLINT, alt_coef BIGINT, alt_scale SMALLINT,
    mappable_address TEXT NOT NULL, has_detailed_geometry TEXT NOT NULL
);
CREATE INDEX spatial_thing_position ON spatial_thing (position);

CREATE TABLE agent (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    kind TEXT NOT NULL, name TEXT NOT NULL, image TEXT NOT NULL, note TEXT NOT NULL, -- of a person: in identity
    classified_as TEXT NOT NULL,
    primary_location BYTEA REFERENCES spatial_thing (id)
);
CREATE INDEX agent_position ON agent (position);
CREATE INDEX agent_lab_position ON agent (lab, position);

CREATE TABLE unit (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    label TEXT NOT NULL, symbol TEXT NOT NULL, om_unit_identifier TEXT NOT NULL, classified_as TEXT NOT NULL
);
CREATE INDEX unit_position ON unit (position);

CREATE TABLE resource_specification (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, image TEXT NOT NULL, image_list TEXT NOT NULL, note TEXT NOT NULL, resource_classified_as TEXT NOT NULL,
    default_unit_of_resource BYTEA, default_unit_of_effort BYTEA, medium_of_exchange BOOLEAN, substitutable BOOLEAN
);
CREATE INDEX resource_specification_position ON resource_specification (position);

CREATE TABLE process_specification (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, image TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX process_specification_position ON process_specification (position);

CREATE TABLE process (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, based_on BYTEA REFERENCES process_specification (id), classified_as TEXT NOT NULL,
    in_scope_of BYTEA REFERENCES agent (id),
    has_beginning BIGINT, has_beginning_offset SMALLINT, has_end BIGINT, has_end_offset SMALLINT,
    finished BOOLEAN, planned_within BYTEA
);
CREATE INDEX process_lab ON process (lab, position);
CREATE INDEX process_based_on ON process (lab, based_on, position);
CREATE INDEX process_in_scope_of ON process (lab, in_scope_of, position);

CREATE TABLE batch_lot_record (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    batch_lot_code TEXT NOT NULL, expiration_date BIGINT, expiration_date_offset SMALLINT
);
CREATE INDEX batch_lot_record_position ON batch_lot_record (lab, position);

-- Resources, counted exactly: coefficient and scale of a decimal, and its unit.
CREATE TABLE economic_resource (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, image TEXT NOT NULL, image_list TEXT NOT NULL, tracking_identifier TEXT NOT NULL, classified_as TEXT NOT NULL,
    conforms_to BYTEA REFERENCES resource_specification (id),
    of_batch_lot BYTEA REFERENCES batch_lot_record (id), unit_of_effort BYTEA,
    current_virtual_location TEXT NOT NULL, current_currency_location TEXT NOT NULL,
    accounting_coef BIGINT, accounting_scale SMALLINT, accounting_unit BYTEA,
    onhand_coef BIGINT, onhand_scale SMALLINT, onhand_unit BYTEA,
    primary_accountable BYTEA REFERENCES agent (id), custodian BYTEA REFERENCES agent (id),
    current_location BYTEA REFERENCES spatial_thing (id),
    contained_in BYTEA REFERENCES economic_resource (id),
    stage BYTEA REFERENCES process_specification (id), state TEXT NOT NULL,
    lent_out BOOLEAN NOT NULL, -- all of it is with the custodian, by this record
    overdraw BOOLEAN NOT NULL,
    CHECK (overdraw OR accounting_coef >= 0 AND onhand_coef >= 0)
);
CREATE INDEX economic_resource_lab ON economic_resource (lab, position);
CREATE INDEX economic_resource_accountable ON economic_resource (lab, primary_accountable, position);
CREATE INDEX economic_resource_conforms_to ON economic_resource (lab, conforms_to, position);
CREATE INDEX economic_resource_contained_in ON economic_resource (lab, contained_in, position);
CREATE INDEX economic_resource_stage ON economic_resource (lab, stage, position);

CREATE TABLE economic_event (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    action TEXT NOT NULL,
    provider BYTEA REFERENCES agent (id), receiver BYTEA REFERENCES agent (id),
    input_of BYTEA REFERENCES process (id), output_of BYTEA REFERENCES process (id),
    resource_inventoried_as BYTEA REFERENCES economic_resource (id),
    to_resource_inventoried_as BYTEA REFERENCES economic_resource (id),
    resource_conforms_to BYTEA REFERENCES resource_specification (id), resource_classified_as TEXT NOT NULL,
    resource_coef BIGINT, resource_scale SMALLINT, resource_unit BYTEA,
    effort_coef BIGINT, effort_scale SMALLINT, effort_unit BYTEA,
    has_beginning BIGINT, has_beginning_offset SMALLINT, has_end BIGINT, has_end_offset SMALLINT,
    has_point_in_time BIGINT, has_point_in_time_offset SMALLINT, created BIGINT, created_offset SMALLINT,
    to_location BYTEA REFERENCES spatial_thing (id), state TEXT NOT NULL, image TEXT NOT NULL, note TEXT NOT NULL, stream TEXT NOT NULL,
    corrects BYTEA REFERENCES economic_event (id), corrects_root BYTEA, scrap_of BYTEA REFERENCES economic_event (id),
    fulfills TEXT NOT NULL, satisfies TEXT NOT NULL, settles TEXT NOT NULL,
    realization_of BYTEA, reciprocal_realization_of BYTEA, agreed_in TEXT NOT NULL, triggered_by BYTEA,
    recorded_by BYTEA, recorded BIGINT NOT NULL,
    happened BIGINT NOT NULL,      -- the event's time, by which it is reported
    happened_month INTEGER NOT NULL, -- year * 12 + month - 1 in the LAB's time zone
    custody SMALLINT NOT NULL,     -- how it was counted on what is on hand
    specification BYTEA            -- the specification, its own or its resource's, by which it is reported
);
-- Every list is of one LAB's books, in recorded order.
CREATE INDEX economic_event_lab ON economic_event (lab, position);
CREATE INDEX economic_event_happened ON economic_event (lab, happened);
CREATE INDEX economic_event_provider ON economic_event (lab, provider, position);
CREATE INDEX economic_event_receiver ON economic_event (lab, receiver, position);
CREATE INDEX economic_event_input_of ON economic_event (lab, input_of, position);
CREATE INDEX economic_event_output_of ON economic_event (lab, output_of, position);
CREATE INDEX economic_event_resource ON economic_event (lab, resource_inventoried_as, position);
CREATE INDEX economic_event_to_resource ON economic_event (lab, to_resource_inventoried_as, position);
CREATE INDEX economic_event_conforms_to ON economic_event (lab, resource_conforms_to, position);
CREATE INDEX economic_event_corrects ON economic_event (corrects_root);
CREATE INDEX economic_event_corrected ON economic_event (corrects);
CREATE INDEX economic_event_triggered_by ON economic_event (lab, triggered_by, position);
CREATE INDEX economic_event_scrap_of ON economic_event (scrap_of);

-- +goose Down
DROP TABLE economic_event;
DROP TABLE economic_resource;
DROP TABLE batch_lot_record;
DROP TABLE process;
DROP TABLE process_specification;
DROP TABLE resource_specification;
DROP TABLE unit;
DROP TABLE agent;
DROP TABLE spatial_thing;
DROP TABLE agent_lab;
DROP TABLE iri;
DROP TABLE membership;
DROP TABLE lab;
DROP TABLE token;
DROP TABLE identity;
DROP TABLE idempotency;
DROP TABLE journal_head;
DROP TABLE journal;
DROP TABLE former_address;
DROP TABLE node;
