package graph

import (
	"net/http"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"disconode/node"
)

// rule is what the node's policy is asked before a field is answered.
type rule struct {
	verb node.Verb
	data node.Data
}

// record and page are fields that many types have.
const (
	recordFields = "id revisionId iri origin revision meta "
	agentFields  = recordFields + "name image note primaryLocation economicEvents economicEventsAsProvider economicEventsAsReceiver " +
		"economicEventsInScope inventoriedEconomicResources processes "
	pageFields = "edges pageInfo"
	edgeFields = "node cursor"
)

// fieldRules says for every field of the schema what the policy is asked. Whose
// records are whose is the node's to decide, record by record.
var fieldRules = map[rule]map[string]string{
	{node.See, node.NodeFace}: {
		"Query":  "action actions",
		"Action": "id label eventQuantity inputOutput pairsWith createResource resourceEffect accountingEffect onhandEffect locationEffect containedEffect accountableEffect stageEffect stateEffect",
	},
	{node.See, node.Own}: {
		"Query":      "myAgent sharesMyName",
		"PageInfo":   "startCursor endCursor hasPreviousPage hasNextPage totalCount pageLimit",
		"RecordMeta": "previousRevision previousRevisionsCount futureRevisionsCount latestRevision retrievedRevision",
		"Revision":   "id time author",
		"Measure":    "hasNumericalValue hasUnit",
	},

	{node.See, node.Vocabulary}: {
		"Query": "unit units resourceSpecification resourceSpecifications processSpecification processSpecifications",
		"Unit":  recordFields + "label symbol omUnitIdentifier classifiedAs",
		"ResourceSpecification": recordFields + "name image imageList resourceClassifiedAs note defaultUnitOfResource defaultUnitOfEffort mediumOfExchange substitutable " +
			"conformingResources economicEvents",
		"ProcessSpecification":            recordFields + "name note image resourcesCurrentlyAtStage conformingProcesses",
		"UnitResponse":                    "unit",
		"ResourceSpecificationResponse":   "resourceSpecification",
		"ProcessSpecificationResponse":    "processSpecification",
		"UnitConnection":                  pageFields,
		"UnitEdge":                        edgeFields,
		"ResourceSpecificationConnection": pageFields,
		"ResourceSpecificationEdge":       edgeFields,
		"ProcessSpecificationConnection":  pageFields,
		"ProcessSpecificationEdge":        edgeFields,
	},
	{node.Record, node.Vocabulary}: {
		"Mutation": "createUnit createResourceSpecification createProcessSpecification",
	},
	{node.Change, node.Vocabulary}: {
		"Mutation": "updateUnit deleteUnit updateResourceSpecification deleteResourceSpecification updateProcessSpecification deleteProcessSpecification",
	},

	{node.See, node.Agents}: {
		"Query":                     "agent agents person people organization organizations ecologicalAgent ecologicalAgents",
		"Agent":                     agentFields,
		"Person":                    agentFields,
		"Organization":              agentFields + "classifiedAs",
		"EcologicalAgent":           agentFields + "classifiedAs",
		"PersonResponse":            "agent",
		"OrganizationResponse":      "agent",
		"EcologicalAgentResponse":   "agent",
		"AgentConnection":           pageFields,
		"AgentEdge":                 edgeFields,
		"PersonConnection":          pageFields,
		"PersonEdge":                edgeFields,
		"OrganizationConnection":    pageFields,
		"OrganizationEdge":          edgeFields,
		"EcologicalAgentConnection": pageFields,
		"EcologicalAgentEdge":       edgeFields,
	},
	{node.Record, node.Identities}: {
		"Mutation": "createPerson",
	},
	{node.Change, node.Identities}: {
		"Mutation": "updatePerson deletePerson",
	},
	{node.Record, node.Agents}: {
		"Mutation": "createOrganization createEcologicalAgent",
	},
	{node.Change, node.Agents}: {
		"Mutation": "updateOrganization deleteOrganization updateEcologicalAgent deleteEcologicalAgent",
	},

	{node.See, node.Processes}: {
		"Query": "process processes",
		"Process": recordFields + "name hasBeginning hasEnd finished classifiedAs note basedOn inScopeOf deletable involvedAgents workingAgents " +
			"observedInputs observedOutputs unplannedInputs unplannedOutputs",
		"ProcessResponse":   "process",
		"ProcessConnection": pageFields,
		"ProcessEdge":       edgeFields,
	},
	{node.Record, node.Processes}: {
		"Mutation": "createProcess",
	},
	{node.Change, node.Processes}: {
		"Mutation": "updateProcess deleteProcess",
	},

	{node.See, node.Events}: {
		"Query": "economicEvent economicEvents",
		"EconomicEvent": recordFields + "action provider receiver inputOf outputOf resourceInventoriedAs toResourceInventoriedAs resourceConformsTo " +
			"resourceClassifiedAs resourceQuantity effortQuantity hasBeginning hasEnd hasPointInTime created toLocation state stream image note " +
			"agreedIn triggeredBy triggers corrects correctedBy scrapOf recordedBy inScopeOf deletable",
		"EconomicEventResponse":   "economicEvent economicResource",
		"EconomicEventConnection": pageFields,
		"EconomicEventEdge":       edgeFields,
	},
	{node.Record, node.Events}: {
		"Mutation": "createEconomicEvent",
	},
	{node.Change, node.Events}: {
		"Mutation": "updateEconomicEvent",
	},

	{node.See, node.Stock}: {
		"Query": "economicResource economicResources batchLotRecord batchLotRecords spatialThing spatialThings",
		"EconomicResource": recordFields + "name conformsTo classifiedAs trackingIdentifier image imageList note accountingQuantity onhandQuantity " +
			"primaryAccountable custodian unitOfEffort ofBatchLot stage state currentLocation currentVirtualLocation currentCurrencyLocation " +
			"containedIn contains contents economicEventsInOutFrom economicEventsTo",
		"BatchLotRecord":             recordFields + "batchLotCode expirationDate economicResources",
		"SpatialThing":               recordFields + "name mappableAddress lat long alt hasDetailedGeometry note agents economicResources",
		"EconomicResourceResponse":   "economicResource",
		"BatchLotRecordResponse":     "batchLotRecord",
		"SpatialThingResponse":       "spatialThing",
		"EconomicResourceConnection": pageFields,
		"EconomicResourceEdge":       edgeFields,
		"BatchLotRecordConnection":   pageFields,
		"BatchLotRecordEdge":         edgeFields,
		"SpatialThingConnection":     pageFields,
		"SpatialThingEdge":           edgeFields,
	},
	{node.Record, node.Stock}: {
		"Mutation": "createBatchLotRecord createSpatialThing",
	},
	{node.Change, node.Stock}: {
		"Mutation": "updateEconomicResource updateBatchLotRecord deleteBatchLotRecord updateSpatialThing deleteSpatialThing",
	},

	{node.See, node.Contributions}: {
		"Query":        "contributions",
		"Contribution": "agent receiver action resourceConformsTo process stream month events resourceQuantity effortQuantity",
	},

	{node.See, node.Peers}: {
		"Query":       "peers sharedEntries refusals",
		"Peer":        "id iri name follower audience following blocked requested error delivery",
		"Delivery":    "sent waiting attempts nextTry lastError lastSent",
		"SharedEntry": "position at kind iri activity",
		"Refusal":     "at actor reason object",
	},
	{node.Change, node.Peers}: {
		"Mutation": "followPeer unfollowPeer approvePeer rejectPeer blockPeer unblockPeer",
	},
	{node.Change, node.Own}: {
		"Mutation": "shareMyName",
	},
}

// ruleOf is the rule of each field, as Type.field.
var ruleOf = func() map[string]rule {
	all := map[string]rule{}
	for r, types := range fieldRules {
		for name, fields := range types {
			for _, field := range strings.Fields(fields) {
				all[name+"."+field] = r
			}
		}
	}
	return all
}()

// isPublic tells whether a field of the root answers to whoever asks.
func isPublic(root, field string) bool {
	r, ok := ruleOf[root+"."+field]
	return field == "__typename" || ok && node.May(node.Public, r.verb, r.data) == node.All
}

// public tells whether all that an operation asks of the root does.
func public(doc *ast.QueryDocument, o *ast.OperationDefinition) bool {
	if o.Operation != ast.Query {
		return false
	}
	seen := map[string]bool{}
	var all func(ast.SelectionSet) bool
	all = func(set ast.SelectionSet) bool {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if !isPublic("Query", s.Name) {
					return false
				}
			case *ast.InlineFragment:
				if !all(s.SelectionSet) {
					return false
				}
			case *ast.FragmentSpread:
				if f := doc.Fragments.ForName(s.Name); f != nil && !seen[s.Name] {
					seen[s.Name] = true
					if !all(f.SelectionSet) {
						return false
					}
				}
			}
		}
		return true
	}
	return all(o.SelectionSet)
}

// authorise asks the policy about every field that a valid operation selects.
// A field without a rule is nobody's.
func authorise(o *ast.OperationDefinition, role node.Role) gqlerror.List {
	var refused gqlerror.List
	seen := map[*ast.FragmentDefinition]bool{}
	var all func(ast.SelectionSet)
	all = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if !granted(s, role) {
					if len(refused) < errorsMax {
						refused = append(refused, forbidden(s))
					}
					continue
				}
				all(s.SelectionSet)
			case *ast.InlineFragment:
				all(s.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[s.Definition] {
					seen[s.Definition] = true
					all(s.Definition.SelectionSet)
				}
			}
		}
	}
	all(o.SelectionSet)
	return refused
}

func granted(f *ast.Field, role node.Role) bool {
	if strings.HasPrefix(f.Name, "__") || strings.HasPrefix(f.ObjectDefinition.Name, "__") { // the schema itself
		return f.Name == "__typename" || role != node.Public
	}
	r, ok := ruleOf[f.ObjectDefinition.Name+"."+f.Name]
	return ok && node.May(role, r.verb, r.data) != node.Never
}

func forbidden(f *ast.Field) *gqlerror.Error {
	r := refuse(http.StatusForbidden, "FORBIDDEN", "%s.%s: %s", f.ObjectDefinition.Name, f.Name, node.ErrForbidden)
	e := r.list()[0]
	if f.Position != nil {
		e.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	return e
}
