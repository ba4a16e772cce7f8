-- +goose Up

-- The plan layer, recipes and relations of agents: as in the tables before, a row
-- is computed from the journal.

-- What serves one end.
CREATE TABLE plan (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, due BIGINT, due_offset SMALLINT, created BIGINT, created_offset SMALLINT
);
CREATE INDEX plan_lab ON plan (lab, position);

-- Agreements that belong together.
CREATE TABLE agreement_bundle (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, created BIGINT, created_offset SMALLINT
);
CREATE INDEX agreement_bundle_lab ON agreement_bundle (lab, position);

-- What agents agreed upon.
CREATE TABLE agreement (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, created BIGINT, created_offset SMALLINT, bundled_in BYTEA
);
CREATE INDEX agreement_lab ON agreement (lab, position);
CREATE INDEX agreement_bundled_in ON agreement (bundled_in, lab, position);

-- What is wanted, or would be given.
CREATE TABLE intent (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    action TEXT NOT NULL, provider BYTEA, receiver BYTEA, input_of BYTEA, output_of BYTEA, planned_within BYTEA,
    resource_inventoried_as BYTEA, resource_conforms_to BYTEA, resource_classified_as TEXT NOT NULL,
    resource_coef BIGINT, resource_scale SMALLINT, resource_unit BYTEA, effort_coef BIGINT, effort_scale SMALLINT, effort_unit BYTEA,
    stage BYTEA, state TEXT NOT NULL,
    has_beginning BIGINT, has_beginning_offset SMALLINT, has_end BIGINT, has_end_offset SMALLINT,
    has_point_in_time BIGINT, has_point_in_time_offset SMALLINT, due BIGINT, due_offset SMALLINT,
    finished BOOLEAN, note TEXT NOT NULL, agreed_in TEXT NOT NULL, in_scope_of TEXT NOT NULL,
    name TEXT NOT NULL, image TEXT NOT NULL, image_list TEXT NOT NULL,
    available_coef BIGINT, available_scale SMALLINT, available_unit BYTEA, minimum_coef BIGINT, minimum_scale SMALLINT, minimum_unit BYTEA,
    planned BIGINT NOT NULL -- the time it is planned for, 0 where it states none
);
CREATE INDEX intent_lab ON intent (lab, position);
CREATE INDEX intent_planned ON intent (lab, planned);
CREATE INDEX intent_provider ON intent (provider, lab, position);
CREATE INDEX intent_receiver ON intent (receiver, lab, position);
CREATE INDEX intent_input_of ON intent (input_of, lab, position);
CREATE INDEX intent_output_of ON intent (output_of, lab, position);
CREATE INDEX intent_planned_within ON intent (planned_within, lab, position);
CREATE INDEX intent_resource_inventoried_as ON intent (resource_inventoried_as, lab, position);
CREATE INDEX intent_resource_conforms_to ON intent (resource_conforms_to, lab, position);

-- What was promised.
CREATE TABLE commitment (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    action TEXT NOT NULL, provider BYTEA, receiver BYTEA, input_of BYTEA, output_of BYTEA, planned_within BYTEA,
    resource_inventoried_as BYTEA, resource_conforms_to BYTEA, resource_classified_as TEXT NOT NULL,
    resource_coef BIGINT, resource_scale SMALLINT, resource_unit BYTEA, effort_coef BIGINT, effort_scale SMALLINT, effort_unit BYTEA,
    stage BYTEA, state TEXT NOT NULL,
    has_beginning BIGINT, has_beginning_offset SMALLINT, has_end BIGINT, has_end_offset SMALLINT,
    has_point_in_time BIGINT, has_point_in_time_offset SMALLINT, due BIGINT, due_offset SMALLINT,
    finished BOOLEAN, note TEXT NOT NULL, agreed_in TEXT NOT NULL, in_scope_of TEXT NOT NULL,
    satisfies TEXT NOT NULL, clause_of BYTEA, reciprocal_clause_of BYTEA, independent_demand_of BYTEA, created BIGINT, created_offset SMALLINT,
    planned BIGINT NOT NULL -- as of an intent
);
CREATE INDEX commitment_lab ON commitment (lab, position);
CREATE INDEX commitment_planned ON commitment (lab, planned);
CREATE INDEX commitment_provider ON commitment (provider, lab, position);
CREATE INDEX commitment_receiver ON commitment (receiver, lab, position);
CREATE INDEX commitment_input_of ON commitment (input_of, lab, position);
CREATE INDEX commitment_output_of ON commitment (output_of, lab, position);
CREATE INDEX commitment_planned_within ON commitment (planned_within, lab, position);
CREATE INDEX commitment_resource_inventoried_as ON commitment (resource_inventoried_as, lab, position);
CREATE INDEX commitment_resource_conforms_to ON commitment (resource_conforms_to, lab, position);
CREATE INDEX commitment_stage ON commitment (stage, lab, position);
CREATE INDEX commitment_clause_of ON commitment (clause_of, lab, position);
CREATE INDEX commitment_reciprocal_clause_of ON commitment (reciprocal_clause_of, lab, position);
CREATE INDEX commitment_independent_demand_of ON commitment (independent_demand_of, lab, position);

-- What may be asked for in return for an event.
CREATE TABLE claim (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    action TEXT NOT NULL, provider BYTEA, receiver BYTEA, triggered_by BYTEA,
    resource_conforms_to BYTEA, resource_classified_as TEXT NOT NULL,
    resource_coef BIGINT, resource_scale SMALLINT, resource_unit BYTEA, effort_coef BIGINT, effort_scale SMALLINT, effort_unit BYTEA,
    due BIGINT, due_offset SMALLINT, created BIGINT, created_offset SMALLINT, finished BOOLEAN, note TEXT NOT NULL, agreed_in TEXT NOT NULL,
    planned BIGINT NOT NULL -- the time it is due, 0 where it states none
);
CREATE INDEX claim_lab ON claim (lab, position);
CREATE INDEX claim_planned ON claim (lab, planned);
CREATE INDEX claim_provider ON claim (provider, lab, position);
CREATE INDEX claim_receiver ON claim (receiver, lab, position);
CREATE INDEX claim_triggered_by ON claim (triggered_by, lab, position);
CREATE INDEX claim_resource_conforms_to ON claim (resource_conforms_to, lab, position);

-- Offers and requests.
CREATE TABLE proposal (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    purpose TEXT NOT NULL, name TEXT NOT NULL, note TEXT NOT NULL,
    publishes TEXT NOT NULL, reciprocal TEXT NOT NULL, proposed_to TEXT NOT NULL, listed_in TEXT NOT NULL, eligible_location BYTEA,
    has_beginning BIGINT, has_beginning_offset SMALLINT, has_end BIGINT, has_end_offset SMALLINT, unit_based BOOLEAN,
    created BIGINT, created_offset SMALLINT, in_scope_of TEXT NOT NULL
);
CREATE INDEX proposal_lab ON proposal (lab, position);
CREATE INDEX proposal_eligible_location ON proposal (eligible_location, lab, position);

-- Lists of offers and requests.
CREATE TABLE proposal_list (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, proposed_to TEXT NOT NULL, created BIGINT, created_offset SMALLINT
);
CREATE INDEX proposal_list_lab ON proposal_list (lab, position);

-- Processes that together make one kind of thing.
CREATE TABLE recipe (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, primary_output BYTEA, recipe_includes TEXT NOT NULL
);
CREATE INDEX recipe_position ON recipe (position);
CREATE INDEX recipe_primary_output ON recipe (primary_output, position);

-- The processes of recipes.
CREATE TABLE recipe_process (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL, image TEXT NOT NULL, duration_coef BIGINT, duration_scale SMALLINT, duration_unit BYTEA,
    process_classified_as TEXT NOT NULL, process_conforms_to BYTEA
);
CREATE INDEX recipe_process_position ON recipe_process (position);
CREATE INDEX recipe_process_process_conforms_to ON recipe_process (process_conforms_to, position);

-- The agreements of recipes.
CREATE TABLE recipe_exchange (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    name TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX recipe_exchange_position ON recipe_exchange (position);

-- The flows of recipes.
CREATE TABLE recipe_flow (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    action TEXT NOT NULL, recipe_input_of BYTEA, recipe_output_of BYTEA, recipe_clause_of BYTEA, recipe_reciprocal_clause_of BYTEA,
    resource_conforms_to BYTEA, resource_classified_as TEXT NOT NULL,
    resource_coef BIGINT, resource_scale SMALLINT, resource_unit BYTEA, effort_coef BIGINT, effort_scale SMALLINT, effort_unit BYTEA,
    stage BYTEA, state TEXT NOT NULL, note TEXT NOT NULL, instructions TEXT NOT NULL, provider_role BYTEA, receiver_role BYTEA
);
CREATE INDEX recipe_flow_position ON recipe_flow (position);
CREATE INDEX recipe_flow_recipe_input_of ON recipe_flow (recipe_input_of, position);
CREATE INDEX recipe_flow_recipe_output_of ON recipe_flow (recipe_output_of, position);
CREATE INDEX recipe_flow_recipe_clause_of ON recipe_flow (recipe_clause_of, position);
CREATE INDEX recipe_flow_recipe_reciprocal_clause_of ON recipe_flow (recipe_reciprocal_clause_of, position);
CREATE INDEX recipe_flow_resource_conforms_to ON recipe_flow (resource_conforms_to, position);
CREATE INDEX recipe_flow_stage ON recipe_flow (stage, position);

-- How an agent may stand to another.
CREATE TABLE agent_relationship_role (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    role_label TEXT NOT NULL, inverse_role_label TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX agent_relationship_role_position ON agent_relationship_role (position);

-- How agents stand to each other.
CREATE TABLE agent_relationship (
    id BYTEA PRIMARY KEY, iri TEXT NOT NULL, stub BOOLEAN NOT NULL, lab BYTEA, revision BYTEA NOT NULL, position BIGINT NOT NULL,
    subject BYTEA, object BYTEA, relationship BYTEA, in_scope_of TEXT NOT NULL, note TEXT NOT NULL,
    membership BOOLEAN NOT NULL -- it is somebody's role in a LAB, made with the membership
);
CREATE INDEX agent_relationship_lab ON agent_relationship (lab, position);
CREATE INDEX agent_relationship_subject ON agent_relationship (subject, lab, position);
CREATE INDEX agent_relationship_object ON agent_relationship (object, lab, position);
CREATE INDEX agent_relationship_relationship ON agent_relationship (relationship, lab, position);

-- Who names what in a property that may name many: the other way round than in
-- the row that does.
CREATE TABLE inverse (
    target   BYTEA NOT NULL,
    property TEXT  NOT NULL,
    owner    BYTEA NOT NULL,
    PRIMARY KEY (target, property, owner)
);
CREATE INDEX inverse_owner ON inverse (owner);

CREATE INDEX economic_event_realization_of ON economic_event (realization_of, lab, position) WHERE realization_of IS NOT NULL;
CREATE INDEX economic_event_reciprocal_realization_of ON economic_event (reciprocal_realization_of, lab, position) WHERE reciprocal_realization_of IS NOT NULL;
CREATE INDEX process_planned_within ON process (planned_within, lab, position);
CREATE INDEX economic_resource_tracking_identifier ON economic_resource (tracking_identifier, lab, position) WHERE tracking_identifier <> '';
CREATE INDEX economic_resource_of_batch_lot ON economic_resource (of_batch_lot, lab, position) WHERE of_batch_lot IS NOT NULL;

-- Rules stricter than the vocabulary's, which a LAB may do without.
ALTER TABLE lab ADD COLUMN ownership BOOLEAN NOT NULL DEFAULT TRUE; -- policy: only who is accountable gives from a stock
ALTER TABLE lab ADD COLUMN exclusive BOOLEAN NOT NULL DEFAULT TRUE; -- policy: an event names a resource or a specification

-- What was kept by its name alone has a table of its own now.
INSERT INTO plan (id, iri, stub, lab, revision, position, name, note)
    SELECT id, iri, TRUE, NULL, revision, position, '', '' FROM iri WHERE class = 'Plan';
INSERT INTO agreement (id, iri, stub, lab, revision, position, name, note)
    SELECT id, iri, TRUE, NULL, revision, position, '', '' FROM iri WHERE class = 'Agreement';
INSERT INTO intent (id, iri, stub, lab, revision, position, action, resource_classified_as, state, note, agreed_in, in_scope_of, name, image, image_list, planned)
    SELECT id, iri, TRUE, NULL, revision, position, '', '', '', '', '', '', '', '', '', 0 FROM iri WHERE class = 'Intent';
INSERT INTO commitment (id, iri, stub, lab, revision, position, action, resource_classified_as, state, note, agreed_in, in_scope_of, satisfies, planned)
    SELECT id, iri, TRUE, NULL, revision, position, '', '', '', '', '', '', '', 0 FROM iri WHERE class = 'Commitment';
INSERT INTO claim (id, iri, stub, lab, revision, position, action, resource_classified_as, note, agreed_in, planned)
    SELECT id, iri, TRUE, NULL, revision, position, '', '', '', '', 0 FROM iri WHERE class = 'Claim';
DROP TABLE iri;

-- +goose Down
CREATE TABLE iri (
    id       BYTEA PRIMARY KEY,
    iri      TEXT  NOT NULL,
    class    TEXT  NOT NULL,
    position BIGINT NOT NULL,
    revision BYTEA NOT NULL
);
ALTER TABLE lab DROP COLUMN exclusive;
ALTER TABLE lab DROP COLUMN ownership;
DROP INDEX economic_resource_of_batch_lot;
DROP INDEX economic_resource_tracking_identifier;
DROP INDEX process_planned_within;
DROP INDEX economic_event_reciprocal_realization_of;
DROP INDEX economic_event_realization_of;
DROP TABLE inverse;
DROP TABLE agent_relationship;
DROP TABLE agent_relationship_role;
DROP TABLE recipe_flow;
DROP TABLE recipe_exchange;
DROP TABLE recipe_process;
DROP TABLE recipe;
DROP TABLE proposal_list;
DROP TABLE proposal;
DROP TABLE claim;
DROP TABLE commitment;
DROP TABLE intent;
DROP TABLE agreement;
DROP TABLE agreement_bundle;
DROP TABLE plan;
