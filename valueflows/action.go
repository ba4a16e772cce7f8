package valueflows

import "strings"

// Action is a verb of the Valueflows vocabulary, in camelCase.
type Action string

// The words of the table below. Those of one column share a type, so that a
// word of another column does not compile; non fits all.
type (
	// EventQuantity is which quantity an event of the action counts.
	EventQuantity string
	// InputOutput is on which side of a process an event of the action stands.
	InputOutput string
	// CreateResource is which resource an event of the action may create.
	CreateResource string
	// Effect is what an action does to a quantity.
	Effect string
	// LocationEffect is what an action does to a current location.
	LocationEffect string
	// ContainedEffect is what an action does to containment.
	ContainedEffect string
	// AccountableEffect is what an action does to the primary accountable.
	AccountableEffect string
	// StageEffect is what an action does to the stage.
	StageEffect string
	// StateEffect is what an action does to the state.
	StateEffect string
)

const (
	non = "notApplicable"

	res EventQuantity = "resource"
	eff EventQuantity = "effort"
	bth EventQuantity = "both"

	inp InputOutput = "input"
	out InputOutput = "output"
	oin InputOutput = "outputInput"

	opt CreateResource = "optional"
	opo CreateResource = "optionalTo"

	inc Effect = "increment"
	dec Effect = "decrement"
	mov Effect = "decrementIncrement"
	cpy Effect = "incrementTo"

	lup LocationEffect = "update"
	lut LocationEffect = "updateTo"
	cre LocationEffect = "new"

	put ContainedEffect = "update"
	rem ContainedEffect = "remove"

	own AccountableEffect = "new"
	upt AccountableEffect = "updateTo"

	stg StageEffect = "update"

	sta StateEffect = "update"
	stt StateEffect = "updateTo"
)

// Behavior is what an event of one action means: the ontology's eleven
// properties, and, after them, what an event between two agents implies.
type Behavior struct {
	EventQuantity     EventQuantity
	InputOutput       InputOutput
	CreateResource    CreateResource
	AccountingEffect  Effect
	OnhandEffect      Effect
	LocationEffect    LocationEffect
	ContainedEffect   ContainedEffect
	AccountableEffect AccountableEffect
	StageEffect       StageEffect
	StateEffect       StateEffect
	PairsWith         Action
	implied           implication
	// holds ranks the resource of such an event as the container of what its
	// process combines: 1 before 2; 0 is never one (rule 5).
	holds int
	// handsBack marks the action whose shortfall against its pair is scrap.
	handsBack bool
}

// implication is the transfer that an action implies where provider and
// receiver differ (rule 4 of docs/EFFECTS.md): its signs on the resource and on
// the receiver's resource, where that one is named, in place of the action's own.
type implication struct {
	accounting, onhand signs
	custody            bool // the receiver becomes the custodian
	creates            bool // toResourceInventoriedAs may be new
}

// signs are what is done to resourceInventoriedAs and to toResourceInventoriedAs.
type signs struct{ from, to int64 }

var effectSigns = map[Effect]signs{
	non: {0, 0}, inc: {+1, 0}, dec: {-1, 0}, mov: {-1, +1}, cpy: {0, +1},
}

var (
	nothing  = implication{}
	custody  = implication{onhand: signs{-1, +1}, custody: true, creates: true}
	handOver = implication{accounting: signs{0, +1}, onhand: signs{0, +1}, custody: true, creates: true} // made, then transferred
	useUp    = implication{accounting: signs{-1, 0}, onhand: signs{-1, 0}}                               // transferred, then used up
)

// Actions is the table of the 19 actions of Valueflows 1.0.0; a test compares
// it with the ontology.
var Actions = map[Action]Behavior{
	//                   qty  i/o  new  acc  onh  loc  con  own  stg  sta  pairs with  between agents, holds, hands back
	"produce":           {res, out, opt, inc, inc, cre, non, own, stg, sta, "", handOver, 1, false},
	"consume":           {res, inp, non, dec, dec, non, non, non, non, sta, "", useUp, 0, false},
	"use":               {bth, inp, non, non, non, non, non, non, non, sta, "", nothing, 0, false},
	"work":              {eff, inp, non, non, non, non, non, non, non, non, "", nothing, 0, false},
	"cite":              {res, inp, non, non, non, non, non, non, non, sta, "", nothing, 0, false},
	"deliverService":    {res, oin, non, non, non, non, non, non, non, non, "", nothing, 0, false},
	"pickup":            {res, inp, non, non, dec, lup, non, non, non, sta, "dropoff", custody, 0, false},
	"dropoff":           {res, out, non, non, inc, lup, non, non, stg, sta, "pickup", custody, 0, false},
	"accept":            {res, inp, non, non, dec, lup, non, non, non, sta, "modify", custody, 2, false},
	"modify":            {res, out, non, non, inc, lup, non, non, stg, sta, "accept", custody, 2, true},
	"combine":           {res, inp, non, non, dec, non, put, non, non, sta, "", nothing, 0, false},
	"separate":          {res, out, non, non, inc, non, rem, non, stg, sta, "", nothing, 0, false},
	"transfer":          {res, non, opo, mov, mov, lut, non, upt, non, stt, "", nothing, 0, false},
	"transferAllRights": {res, non, opo, mov, non, non, non, upt, non, stt, "", nothing, 0, false},
	"transferCustody":   {res, non, opo, non, mov, lut, non, non, non, stt, "", nothing, 0, false},
	"move":              {res, non, opo, mov, mov, lut, non, non, non, stt, "", nothing, 0, false},
	"copy":              {res, non, opo, cpy, cpy, cre, non, own, non, stt, "", nothing, 0, false},
	"raise":             {res, non, opt, inc, inc, non, non, own, non, sta, "", nothing, 0, false},
	"lower":             {res, non, opt, dec, dec, non, non, own, non, sta, "", nothing, 0, false},
}

// ActionIDs lists the actions in the order of the ontology's table.
var ActionIDs = []Action{
	"produce", "consume", "use", "work", "cite", "deliverService", "pickup", "dropoff", "accept", "modify",
	"combine", "separate", "transfer", "transferAllRights", "transferCustody", "move", "copy", "raise", "lower",
}

// formerActions are names of earlier versions and of peers.
var formerActions = map[string]Action{
	"pack": "combine", "unpack": "separate", "transferComplete": "transfer", "load": "pickup", "unload": "dropoff",
}

// ParseAction reads the id of an action: camelCase, kebab-case or snake_case,
// a former name, or the IRI of the term.
// Any other text is an [*InputError], code UNKNOWN_ACTION.
func ParseAction(text string) (Action, error) {
	name := text
	for _, prefix := range []string{Namespace, "https://w3id.org/valueflows#", "http://w3id.org/valueflows/ont/vf#", "vf:"} {
		name = strings.TrimPrefix(name, prefix)
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' })
	for i, word := range words[min(1, len(words)):] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	name = strings.Join(words, "")
	if former, ok := formerActions[name]; ok {
		return former, nil
	}
	if _, ok := Actions[Action(name)]; ok {
		return Action(name), nil
	}
	return "", Invalid("UNKNOWN_ACTION", "%q is not an action of Valueflows 1.0.0; the query actions { id } lists them", Clip(text))
}

// Label is the action's name for people.
func (a Action) Label() string {
	var label strings.Builder
	for _, r := range string(a) {
		if r >= 'A' && r <= 'Z' {
			label.WriteRune(' ')
			r += 'a' - 'A'
		}
		label.WriteRune(r)
	}
	return label.String()
}
