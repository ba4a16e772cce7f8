package valueflows

// Recipe is processes that together make one kind of thing.
type Recipe struct {
	Record
	Name           Text
	Note           Text
	PrimaryOutput  ID   // a ResourceSpecification
	RecipeIncludes []ID // RecipeProcesses
}

// RecipeProcess is a process of a recipe; plans make processes of it.
type RecipeProcess struct {
	Record
	Name                string
	Note                Text
	Image               URI
	HasDuration         *Measure // in a unit of time
	ProcessClassifiedAs []URI
	ProcessConformsTo   ID // a ProcessSpecification
}

// RecipeExchange is an agreement of a recipe; plans make agreements of it.
type RecipeExchange struct {
	Record
	Name string
	Note Text
}

// RecipeFlow is a flow of a recipe: into or out of one of its processes, or a
// clause of one of its exchanges.
type RecipeFlow struct {
	Record
	Action                   Action
	RecipeInputOf            ID // a RecipeProcess
	RecipeOutputOf           ID // a RecipeProcess
	RecipeClauseOf           ID // a RecipeExchange
	RecipeReciprocalClauseOf ID // a RecipeExchange
	ResourceConformsTo       ID
	ResourceClassifiedAs     []URI
	ResourceQuantity         *Measure
	EffortQuantity           *Measure
	Stage                    ID // a ProcessSpecification
	State                    Text
	Note                     Text
	// The following are the reference line's.
	Instructions Text
	ProviderRole ID // an AgentRelationshipRole
	ReceiverRole ID // an AgentRelationshipRole
}
