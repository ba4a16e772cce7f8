// A plan with a promise of three hours' work in it, and a need, for tests that keep
// the one and answer the other.
const hour = "http://www.ontology-of-units-of-measure.org/resource/om-2/hour";

// planned makes them, and returns their ids.
export async function planned(ask, lab) {
  const made = async (what, type, given, gives) => {
    const { made } = await ask(`mutation ($given: ${type}CreateParams!) { made: create${type}(${what}: $given) { ${gives ?? what} { id } } }`, { given });
    return made[gives ?? what].id;
  };
  const { myAgent: me } = await ask("{ myAgent { id } }");
  const kind = await made("resourceSpecification", "ResourceSpecification", { name: "Fencing", defaultUnitOfEffort: hour });
  const plan = await made("plan", "Plan", { name: "The new fence" });
  const process = await made("process", "Process", { name: "Build it", plannedWithin: plan });
  const work = { action: "work", resourceConformsTo: kind, effortQuantity: { hasNumericalValue: "3", hasUnit: hour }, inputOf: process };
  const promise = await made("commitment", "Commitment", { ...work, provider: me.id, receiver: lab });
  const need = await made("intent", "Intent", { ...work, name: "A helping hand", receiver: lab });
  return { plan, promise, need };
}
