-- +goose Up

-- What events name, the other way round.
INSERT INTO inverse (target, property, owner)
    SELECT DISTINCT unhex(replace(j.value, '-', '')), 'fulfills', e.id FROM economic_event e, json_each(e.fulfills) j WHERE e.fulfills <> '';
INSERT INTO inverse (target, property, owner)
    SELECT DISTINCT unhex(replace(j.value, '-', '')), 'satisfies', e.id FROM economic_event e, json_each(e.satisfies) j WHERE e.satisfies <> '';
INSERT INTO inverse (target, property, owner)
    SELECT DISTINCT unhex(replace(j.value, '-', '')), 'settles', e.id FROM economic_event e, json_each(e.settles) j WHERE e.settles <> '';

-- The roles in LABs, and who has them: their ids are those of urn:disconode:role:….
INSERT INTO agent_relationship_role (id, iri, stub, lab, revision, position, role_label, inverse_role_label, note)
    SELECT CASE m.role WHEN 'member' THEN x'b50222aec2be522b94c6be14a3b7182f' WHEN 'bookkeeper' THEN x'1dc5eaf3492e5ac8bbe8eb6075088570' WHEN 'steward' THEN x'928c2b3ea5ec55209d948553a3637a9b' WHEN 'auditor' THEN x'fd4f10cec39b57afa66b504597573b45' END, 'urn:disconode:role:' || m.role, FALSE, NULL, m.revision, m.position, m.role, '', ''
    FROM membership m WHERE NOT EXISTS (SELECT 1 FROM membership e WHERE e.role = m.role AND e.position < m.position);
INSERT INTO agent_relationship (id, iri, stub, lab, revision, position, subject, object, relationship, in_scope_of, note, membership)
    SELECT m.id, '', FALSE, m.lab, m.revision, m.position, m.person, m.lab, CASE m.role WHEN 'member' THEN x'b50222aec2be522b94c6be14a3b7182f' WHEN 'bookkeeper' THEN x'1dc5eaf3492e5ac8bbe8eb6075088570' WHEN 'steward' THEN x'928c2b3ea5ec55209d948553a3637a9b' WHEN 'auditor' THEN x'fd4f10cec39b57afa66b504597573b45' END, '', '', TRUE FROM membership m;

-- +goose Down
DELETE FROM agent_relationship;
DELETE FROM agent_relationship_role;
DELETE FROM inverse;
