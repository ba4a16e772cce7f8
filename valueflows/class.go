package valueflows

import "reflect"

// Class names a Valueflows class, spelled as in the ontology.
type Class string

// The classes that this node keeps: those of Valueflows 1.0.0 that are records,
// and the two of the reference line that say how agents stand to each other.
const (
	ClassPerson                Class = "Person"
	ClassOrganization          Class = "Organization"
	ClassEcologicalAgent       Class = "EcologicalAgent"
	ClassAgentRelationshipRole Class = "AgentRelationshipRole"
	ClassAgentRelationship     Class = "AgentRelationship"
	ClassUnit                  Class = "Unit"
	ClassResourceSpecification Class = "ResourceSpecification"
	ClassProcessSpecification  Class = "ProcessSpecification"
	ClassRecipe                Class = "Recipe"
	ClassRecipeProcess         Class = "RecipeProcess"
	ClassRecipeExchange        Class = "RecipeExchange"
	ClassRecipeFlow            Class = "RecipeFlow"
	ClassSpatialThing          Class = "SpatialThing"
	ClassBatchLotRecord        Class = "BatchLotRecord"
	ClassPlan                  Class = "Plan"
	ClassProcess               Class = "Process"
	ClassAgreementBundle       Class = "AgreementBundle"
	ClassAgreement             Class = "Agreement"
	ClassProposalList          Class = "ProposalList"
	ClassProposal              Class = "Proposal"
	ClassIntent                Class = "Intent"
	ClassCommitment            Class = "Commitment"
	ClassClaim                 Class = "Claim"
	ClassEconomicResource      Class = "EconomicResource"
	ClassEconomicEvent         Class = "EconomicEvent"
)

// IsAgent tells whether records of the class are agents.
func (c Class) IsAgent() bool {
	return c == ClassPerson || c == ClassOrganization || c == ClassEcologicalAgent
}

// Kept tells whether records of the class are kept.
func (c Class) Kept() bool { return NewRecord(c) != nil }

// Classes lists the kept classes, so that what is referred to comes before what
// refers, but for references between records of one class.
var Classes = []Class{
	ClassSpatialThing, ClassPerson, ClassOrganization, ClassEcologicalAgent, ClassAgentRelationshipRole, ClassAgentRelationship,
	ClassUnit, ClassResourceSpecification, ClassProcessSpecification, ClassRecipeProcess, ClassRecipeExchange, ClassRecipeFlow, ClassRecipe,
	ClassPlan, ClassProcess, ClassAgreementBundle, ClassAgreement, ClassBatchLotRecord, ClassEconomicResource,
	ClassIntent, ClassProposalList, ClassProposal, ClassCommitment, ClassClaim, ClassEconomicEvent,
}

// structs are the types of the records, but for agents, which share one.
var structs = map[Class]reflect.Type{
	ClassAgentRelationshipRole: reflect.TypeFor[AgentRelationshipRole](),
	ClassAgentRelationship:     reflect.TypeFor[AgentRelationship](),
	ClassUnit:                  reflect.TypeFor[Unit](),
	ClassResourceSpecification: reflect.TypeFor[ResourceSpecification](),
	ClassProcessSpecification:  reflect.TypeFor[ProcessSpecification](),
	ClassRecipe:                reflect.TypeFor[Recipe](),
	ClassRecipeProcess:         reflect.TypeFor[RecipeProcess](),
	ClassRecipeExchange:        reflect.TypeFor[RecipeExchange](),
	ClassRecipeFlow:            reflect.TypeFor[RecipeFlow](),
	ClassSpatialThing:          reflect.TypeFor[SpatialThing](),
	ClassBatchLotRecord:        reflect.TypeFor[BatchLotRecord](),
	ClassPlan:                  reflect.TypeFor[Plan](),
	ClassProcess:               reflect.TypeFor[Process](),
	ClassAgreementBundle:       reflect.TypeFor[AgreementBundle](),
	ClassAgreement:             reflect.TypeFor[Agreement](),
	ClassProposalList:          reflect.TypeFor[ProposalList](),
	ClassProposal:              reflect.TypeFor[Proposal](),
	ClassIntent:                reflect.TypeFor[Intent](),
	ClassCommitment:            reflect.TypeFor[Commitment](),
	ClassClaim:                 reflect.TypeFor[Claim](),
	ClassEconomicResource:      reflect.TypeFor[EconomicResource](),
	ClassEconomicEvent:         reflect.TypeFor[EconomicEvent](),
}

var classes = func() map[reflect.Type]Class {
	all := map[reflect.Type]Class{}
	for class, t := range structs {
		all[reflect.PointerTo(t)] = class
	}
	return all
}()

// NewRecord makes an empty record of a kept class, as a pointer to its struct;
// nil for any other class.
func NewRecord(class Class) any {
	if class.IsAgent() {
		return &Agent{Kind: class}
	}
	if t, ok := structs[class]; ok {
		return reflect.New(t).Interface()
	}
	return nil
}

// ClassOf is the class of a record, a pointer to its struct; empty for anything
// else, and for an agent without a kind.
func ClassOf(record any) Class {
	if a, ok := record.(*Agent); ok {
		return a.Kind
	}
	return classes[reflect.TypeOf(record)]
}
