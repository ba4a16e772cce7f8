package valueflows

// AgentRelationshipRole is a way in which one agent stands to another. The
// vocabulary has dropped it with [AgentRelationship]; the reference line has both.
type AgentRelationshipRole struct {
	Record
	RoleLabel        string // what the subject is to the object, such as "is a member of"
	InverseRoleLabel Text   // what the object is to the subject
	Note             Text
}

// AgentRelationship says that one agent stands to another in a role.
type AgentRelationship struct {
	Record
	Subject, Object ID
	Relationship    ID   // an AgentRelationshipRole
	InScopeOf       []ID // Agents
	Note            Text
	// Membership is set where it is the node's own: somebody's role in a LAB.
	Membership bool
}
