// Books, as a program asks for them: with a token, in GraphQL.
import { run } from "./program.mjs";

// api asks a node with a token of a role.
export function api(node, user, role) {
  const token = run("token", "create", "--data", node.data, "--lab", node.slug, "--user", user, "--role", role).trim();
  return async (query, variables = {}) => {
    const response = await fetch(`${node.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code, path: errors[0].extensions?.path });
    return data;
  };
}

const type = "name kind ofType { name kind ofType { name kind ofType { name kind } } }";

// inputsOf reads from the schema every mutation that creates something: its
// arguments, and the fields of their types.
export async function inputsOf(ask) {
  const { __schema: schema } = await ask(`{ __schema {
    mutationType { fields { name args { name type { ${type} } } type { ${type} } } }
    types { name kind inputFields { name type { ${type} } } fields { name type { ${type} } } } } }`);
  const types = new Map(schema.types.map((t) => [t.name, t]));
  return schema.mutationType.fields.filter((f) => f.name.startsWith("create")).map((f) => ({
    name: f.name,
    args: f.args.map((a) => ({ name: a.name, type: typeText(a.type), fields: types.get(core(a.type)).inputFields.map(field) })),
    gives: types.get(core(f.type)).fields.filter((g) => types.get(core(g.type)).fields?.some((x) => x.name === "iri")).map((g) => g.name),
  }));
}

function field(f) {
  return { name: f.name, of: core(f.type), list: typeText(f.type).startsWith("["), required: f.type.kind === "NON_NULL" };
}

function core(t) { return t.ofType ? core(t.ofType) : t.name; }

function typeText(t) {
  switch (t.kind) {
    case "NON_NULL": return typeText(t.ofType) + "!";
    case "LIST": return `[${typeText(t.ofType)}]`;
    default: return t.name;
  }
}
