package node

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"time"

	"pgregory.net/rapid"

	"disconode/valueflows"
)

// actsOfTests are what a history does with the records of a class, by which it
// need not know them apart.
type actsOfTests struct {
	create func(ctx context.Context, n *Node, record any) error
	update func(ctx context.Context, n *Node, revision valueflows.ID, set func(record any)) error
	remove func(ctx context.Context, n *Node, revision valueflows.ID) error
	list   func(ctx context.Context, n *Node, page Page) (rows []any, more bool, err error)
	listBy func(ctx context.Context, n *Node, l Link, owners []valueflows.ID) ([][]valueflows.ID, error)
}

func actsOfTest[T Kept]() actsOfTests {
	return actsOfTests{
		create: func(ctx context.Context, n *Node, record any) error {
			_, err := Create(ctx, n, record.(*T))
			return err
		},
		update: func(ctx context.Context, n *Node, revision valueflows.ID, set func(any)) error {
			_, err := Update(ctx, n, revision, func(record *T) error { set(record); return nil })
			return err
		},
		remove: func(ctx context.Context, n *Node, revision valueflows.ID) error { return Delete[T](ctx, n, revision) },
		list: func(ctx context.Context, n *Node, page Page) (rows []any, more bool, err error) {
			found, err := List[T](ctx, n, Filter{}, page)
			for _, row := range found.Nodes {
				rows = append(rows, row)
			}
			return rows, found.HasNext, err
		},
		listBy: func(ctx context.Context, n *Node, l Link, owners []valueflows.ID) ([][]valueflows.ID, error) {
			pages, err := ListBy[T](ctx, n, l, owners, Filter{}, Page{First: 100})
			all := make([][]valueflows.ID, len(pages))
			for i := range pages {
				all[i] = idsOf(pages[i].Nodes)
			}
			return all, err
		},
	}
}

// actsOn are what a history does with each class.
var actsOn = map[valueflows.Class]actsOfTests{
	valueflows.ClassPerson: actsOfTest[valueflows.Agent](), valueflows.ClassOrganization: actsOfTest[valueflows.Agent](),
	valueflows.ClassEcologicalAgent:       actsOfTest[valueflows.Agent](),
	valueflows.ClassAgentRelationshipRole: actsOfTest[valueflows.AgentRelationshipRole](),
	valueflows.ClassAgentRelationship:     actsOfTest[valueflows.AgentRelationship](),
	valueflows.ClassUnit:                  actsOfTest[valueflows.Unit](),
	valueflows.ClassResourceSpecification: actsOfTest[valueflows.ResourceSpecification](),
	valueflows.ClassProcessSpecification:  actsOfTest[valueflows.ProcessSpecification](),
	valueflows.ClassRecipe:                actsOfTest[valueflows.Recipe](),
	valueflows.ClassRecipeProcess:         actsOfTest[valueflows.RecipeProcess](),
	valueflows.ClassRecipeExchange:        actsOfTest[valueflows.RecipeExchange](),
	valueflows.ClassRecipeFlow:            actsOfTest[valueflows.RecipeFlow](),
	valueflows.ClassSpatialThing:          actsOfTest[valueflows.SpatialThing](),
	valueflows.ClassBatchLotRecord:        actsOfTest[valueflows.BatchLotRecord](),
	valueflows.ClassPlan:                  actsOfTest[valueflows.Plan](),
	valueflows.ClassProcess:               actsOfTest[valueflows.Process](),
	valueflows.ClassAgreementBundle:       actsOfTest[valueflows.AgreementBundle](),
	valueflows.ClassAgreement:             actsOfTest[valueflows.Agreement](),
	valueflows.ClassProposalList:          actsOfTest[valueflows.ProposalList](),
	valueflows.ClassProposal:              actsOfTest[valueflows.Proposal](),
	valueflows.ClassIntent:                actsOfTest[valueflows.Intent](),
	valueflows.ClassCommitment:            actsOfTest[valueflows.Commitment](),
	valueflows.ClassClaim:                 actsOfTest[valueflows.Claim](),
	valueflows.ClassEconomicResource:      actsOfTest[valueflows.EconomicResource](),
	valueflows.ClassEconomicEvent:         actsOfTest[valueflows.EconomicEvent](),
}

// stubsAt is where what is only named in a history is.
const stubsAt = "https://ex.example/"

// ranges is what properties lead to, by the name of their field.
var ranges = map[string]valueflows.Class{
	"Provider": valueflows.ClassOrganization, "Receiver": valueflows.ClassOrganization, "Subject": valueflows.ClassOrganization,
	"Object": valueflows.ClassOrganization, "InScopeOf": valueflows.ClassOrganization, "ProposedTo": valueflows.ClassOrganization,
	"InputOf": valueflows.ClassProcess, "OutputOf": valueflows.ClassProcess,
	"PlannedWithin": valueflows.ClassPlan, "IndependentDemandOf": valueflows.ClassPlan,
	"ResourceInventoriedAs": valueflows.ClassEconomicResource, "ToResourceInventoriedAs": valueflows.ClassEconomicResource,
	"ResourceConformsTo": valueflows.ClassResourceSpecification, "ConformsTo": valueflows.ClassResourceSpecification,
	"PrimaryOutput": valueflows.ClassResourceSpecification, "Stage": valueflows.ClassProcessSpecification,
	"BasedOn": valueflows.ClassProcessSpecification, "ProcessConformsTo": valueflows.ClassProcessSpecification,
	"Satisfies": valueflows.ClassIntent, "Publishes": valueflows.ClassIntent, "Reciprocal": valueflows.ClassIntent,
	"Fulfills": valueflows.ClassCommitment, "Settles": valueflows.ClassClaim,
	"ClauseOf": valueflows.ClassAgreement, "ReciprocalClauseOf": valueflows.ClassAgreement,
	"RealizationOf": valueflows.ClassAgreement, "ReciprocalRealizationOf": valueflows.ClassAgreement,
	"BundledIn": valueflows.ClassAgreementBundle, "ListedIn": valueflows.ClassProposalList,
	"EligibleLocation": valueflows.ClassSpatialThing, "PrimaryLocation": valueflows.ClassSpatialThing, "ToLocation": valueflows.ClassSpatialThing,
	"RecipeIncludes": valueflows.ClassRecipeProcess, "RecipeInputOf": valueflows.ClassRecipeProcess, "RecipeOutputOf": valueflows.ClassRecipeProcess,
	"RecipeClauseOf": valueflows.ClassRecipeExchange, "RecipeReciprocalClauseOf": valueflows.ClassRecipeExchange,
	"Relationship": valueflows.ClassAgentRelationshipRole, "ProviderRole": valueflows.ClassAgentRelationshipRole,
	"ReceiverRole": valueflows.ClassAgentRelationshipRole, "TriggeredBy": valueflows.ClassEconomicEvent,
	"OfBatchLot": valueflows.ClassBatchLotRecord, "UnitOfEffort": valueflows.ClassUnit,
	"DefaultUnitOfResource": valueflows.ClassUnit, "DefaultUnitOfEffort": valueflows.ClassUnit,
}

// always are the fields that a record is drawn with whatever else it says.
var always = []string{"Action", "Subject", "Object", "Relationship", "Provider"}

// fieldsOf are the fields of a class that are stated: of a resource and an event
// those that can be changed.
func fieldsOf(class valueflows.Class) (names []string) {
	switch class {
	case valueflows.ClassEconomicResource:
		return []string{"Name", "Note", "OfBatchLot", "ClassifiedAs", "UnitOfEffort"}
	case valueflows.ClassEconomicEvent:
		return []string{"Note"}
	}
	for _, field := range reflect.VisibleFields(reflect.TypeOf(valueflows.NewRecord(class)).Elem()) {
		if !field.Anonymous && len(field.Index) > 0 && isStated(field) {
			names = append(names, field.Name)
		}
	}
	return names
}

// isStated tells whether who records a thing says the field: not what every
// record has, what the node computes, and what is drawn apart.
func isStated(field reflect.StructField) bool {
	_, ofRecord := reflect.TypeFor[valueflows.Record]().FieldByName(field.Name)
	return !ofRecord && !slices.Contains([]string{"Kind", "Membership", "OMUnitIdentifier", "Corrects", "ScrapOf", "RecordedBy", "Recorded"}, field.Name)
}

// class draws one of the classes that people create.
func (h *planHistory) class() valueflows.Class {
	return rapid.SampledFrom(valueflows.Classes[:len(valueflows.Classes)-1]).Filter(func(c valueflows.Class) bool {
		return c != valueflows.ClassEconomicResource
	}).Draw(h.t, "class")
}

// draw draws a record of a class, each of its fields or none. What it names is
// mostly there.
func (h *planHistory) draw(b *books, ctx context.Context, class valueflows.Class) any {
	record := valueflows.NewRecord(class)
	of := reflect.ValueOf(record).Elem()
	for _, field := range reflect.VisibleFields(of.Type()) {
		if field.Anonymous || !isStated(field) || h.isLeftOut(field) {
			continue
		}
		of.FieldByIndex(field.Index).Set(h.value(b, ctx, field))
	}
	if e, ok := record.(*valueflows.EconomicEvent); ok && !h.seldom("no quantities") {
		e.ResourceQuantity, e.EffortQuantity = h.measure("ResourceQuantity"), h.measure("EffortQuantity")
	}
	if a, ok := record.(*valueflows.Agent); ok {
		if a.Kind = class; class == valueflows.ClassPerson {
			a.ClassifiedAs = nil
		}
	}
	return record
}

func (h *planHistory) isLeftOut(field reflect.StructField) bool {
	if field.Type.Kind() == reflect.String && field.Type.Name() == "string" || slices.Contains(always, field.Name) {
		return false
	}
	return rapid.IntRange(0, 2).Draw(h.t, "leave out "+field.Name) > 0
}

// value draws what a field can say, and seldom what it cannot.
func (h *planHistory) value(b *books, ctx context.Context, field reflect.StructField) reflect.Value {
	v := reflect.New(field.Type).Elem()
	switch p := v.Addr().Interface().(type) {
	case *valueflows.ID:
		*p = h.reference(b, ctx, field.Name)
	case *[]valueflows.ID:
		for range rapid.IntRange(0, 3).Draw(h.t, field.Name) {
			*p = append(*p, h.reference(b, ctx, field.Name))
		}
	case **valueflows.Measure:
		*p = h.measure(field.Name)
	case **valueflows.Time:
		*p = h.time(field.Name)
	case **bool:
		*p = new(rapid.Bool().Draw(h.t, field.Name))
	case **valueflows.Decimal:
		*p = new(h.decimal(field.Name, -95_0000, 95_0000))
	case *[]valueflows.URI:
		*p = rapid.SliceOfN(rapid.SampledFrom([]valueflows.URI{"https://ex.example/x", "urn:y", "z w"}), 1, 2).Draw(h.t, field.Name)
	case *valueflows.URI:
		*p = rapid.SampledFrom([]valueflows.URI{"https://ex.example/x", "minutes of May"}).Draw(h.t, field.Name)
	case *valueflows.Text:
		*p = rapid.SampledFrom([]valueflows.Text{"words", "more\r\nwords", "\u2028 \"=1+1\\\"", "words", "words", "more", "more", "a\x00b"}).Draw(h.t, field.Name)
	case *string:
		*p = rapid.SampledFrom([]string{"One", "Another", "One", "Another", "One", "Another", "One", " "}).Draw(h.t, field.Name)
	case *valueflows.Action:
		*p = rapid.SampledFrom(slices.Concat(valueflows.ActionIDs, valueflows.ActionIDs, []valueflows.Action{"harvest"})).Draw(h.t, field.Name)
	case *valueflows.ProposalPurpose:
		*p = rapid.SampledFrom([]valueflows.ProposalPurpose{valueflows.Offer, valueflows.Request, valueflows.Offer, valueflows.Request, "gift"}).Draw(h.t, field.Name)
	case *valueflows.Stream:
		*p = rapid.SampledFrom(valueflows.Streams).Draw(h.t, field.Name)
	default:
		h.t.Fatalf("a field of another type: %s", field.Name)
	}
	return v
}

// reference draws what a property leads to: mostly something of the class that
// is there, else one that is but named; seldom anything else, or a hole.
func (h *planHistory) reference(b *books, ctx context.Context, property string) valueflows.ID {
	class := ranges[property]
	if class == "" {
		h.t.Fatalf("nobody said where %s leads", property)
	}
	switch kind := rapid.SampledFrom([]string{"there", "there", "there", "there", "there", "there", "there", "a name", "a name", "seldom"}).Draw(h.t, "how "+property); {
	case kind == "seldom" && rapid.Bool().Draw(h.t, "anything"):
		return recordOf(oneOf(h, "which", h.now.list)).ID
	case kind == "seldom" && rapid.Bool().Draw(h.t, "a hole"):
		return valueflows.ID{0xff, byte(rapid.IntRange(0, 1).Draw(h.t, "hole"))}
	case kind != "a name":
		if record := h.some(b, class); record != nil {
			return recordOf(record).ID
		}
	}
	id, err := h.b.node.Ref(ctx, fmt.Sprintf("%s%s-%d", stubsAt, class, rapid.IntRange(0, 2).Draw(h.t, "name")))
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// some draws a record of a class: mostly of the books', where these have any;
// nil where there is none. Agents of any kind are one class.
func (h *planHistory) some(b *books, class valueflows.Class) any {
	alike := func(record any) bool {
		return valueflows.ClassOf(record) == class || class.IsAgent() && valueflows.ClassOf(record).IsAgent()
	}
	all := slices.DeleteFunc(slices.Clone(h.now.list), func(record any) bool { return !alike(record) })
	own := slices.DeleteFunc(slices.Clone(all), func(record any) bool { return recordOf(record).Books != b.lab })
	if len(own) > 0 && !h.seldom("another LAB's") {
		all = own
	}
	if len(all) == 0 {
		return nil
	}
	return oneOf(h, string(class), all)
}

// oneOf draws one of a list, which is not written out at length where a draw fails.
func oneOf[T any](h *planHistory, label string, list []T) T {
	return list[rapid.IntRange(0, len(list)-1).Draw(h.t, label)]
}

// seldom tells in some of twelve draws that something is so.
func (h *planHistory) seldom(what string) bool {
	return rapid.SampledFrom([]bool{false, false, false, false, false, false, false, false, false, false, false, true}).Draw(h.t, what)
}

func (h *planHistory) decimal(label string, least, most int64) valueflows.Decimal {
	d, err := valueflows.NewDecimal(rapid.Int64Range(least, most).Draw(h.t, label), rapid.IntRange(0, 4).Draw(h.t, "scale"))
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func (h *planHistory) measure(field string) *valueflows.Measure {
	units := []valueflows.ID{kilogram, kilogram, kilogram, kilogram, kilogram, kilogram, valueflows.One, valueflows.Hour, {}}
	if field == "EffortQuantity" || field == "HasDuration" {
		units = []valueflows.ID{valueflows.Hour, valueflows.Hour, valueflows.Hour, valueflows.Hour, valueflows.Hour, valueflows.One, {}}
	}
	for _, record := range h.now.list {
		if u, ok := record.(*valueflows.Unit); ok {
			units = append(units, u.ID)
		}
	}
	least := int64(0)
	if h.seldom("negative") {
		least = -500
	}
	return &valueflows.Measure{HasNumericalValue: h.decimal(field, least, 9999), HasUnit: rapid.SampledFrom(units).Draw(h.t, "unit")}
}

func (h *planHistory) time(label string) *valueflows.Time {
	zone := time.FixedZone("", 3600*rapid.SampledFrom([]int{0, -5, 5}).Draw(h.t, "zone"))
	at := time.Date(2024, 5, 1, 12, 0, 0, 123456000, zone).Add(time.Duration(rapid.IntRange(-5000, 5000).Draw(h.t, label)) * time.Minute)
	return new(valueflows.TimeOf(at))
}
