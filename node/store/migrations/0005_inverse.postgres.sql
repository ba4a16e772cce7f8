-- +goose Up

-- What events name, the other way round.
INSERT INTO inverse (target, property, owner)
    SELECT DISTINCT decode(replace(j.value, '-', ''), 'hex'), 'fulfills', e.id
    FROM economic_event e CROSS JOIN LATERAL json_array_elements_text(NULLIF(e.fulfills, '')::json) AS j(value);
INSERT INTO inverse (target, property, owner)
    SELECT DISTINCT decode(replace(j.value, '-', ''), 'hex'), 'satisfies', e.id
    FROM economic_event e CROSS JOIN LATERAL json_array_elements_text(NULLIF(e.satisfies, '')::json) AS j(value);
INSERT INTO inverse (target, property, owner)
    SELECT DISTINCT decode(replace(j.value, '-', ''), 'hex'), 'settles', e.id
    FROM economic_event e CROSS JOIN LATERAL json_array_elements_text(NULLIF(e.settles, '')::json) AS j(value);

-- The roles in LABs, and who has them: their ids are those of urn:disconode:role:….
INSERT INTO agent_relationship_role (id, iri, stub, lab, revision, position, role_label, inverse_role_label, note)
    SELECT CASE m.role WHEN 'member' THEN '\xb50222aec2be522b94c6be14a3b7182f'::bytea WHEN 'bookkeeper' THEN '\x1dc5eaf3492e5ac8bbe8eb6075088570'::bytea WHEN 'steward' THEN '\x928c2b3ea5ec55209d948553a3637a9b'::bytea WHEN 'auditor' THEN '\xfd4f10cec39b57afa66b504597573b45'::bytea END, 'urn:disconode:role:' || m.role, FALSE, NULL, m.revision, m.position, m.role, '', ''
    FROM membership m WHERE NOT EXISTS (SELECT 1 FROM membership e WHERE e.role = m.role AND e.position < m.position);
INSERT INTO agent_relationship (id, iri, stub, lab, revision, position, subject, object, relationship, in_scope_of, note, membership)
    SELECT m.id, '', FALSE, m.lab, m.revision, m.position, m.person, m.lab, CASE m.role WHEN 'member' THEN '\xb50222aec2be522b94c6be14a3b7182f'::bytea WHEN 'bookkeeper' THEN '\x1dc5eaf3492e5ac8bbe8eb6075088570'::bytea WHEN 'steward' THEN '\x928c2b3ea5ec55209d948553a3637a9b'::bytea WHEN 'auditor' THEN '\xfd4f10cec39b57afa66b504597573b45'::bytea END, '', '', TRUE FROM membership m;

-- +goose Down
DELETE FROM agent_relationship;
DELETE FROM agent_relationship_role;
DELETE FROM inverse;
