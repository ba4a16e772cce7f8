package web

import (
	"net/url"
	"strings"

	"disconode/valueflows"
)

// word is a part of a sentence; with an address it is a link.
type word struct{ Text, Href string }

// Sentence tells an event in plain words.
func (e *event) Sentence() []word {
	s := sayings[e.Action.ID]
	all := []word{link("", e.Provider), {Text: s.did}}
	if amount := e.amount(); amount != "" {
		all = append(all, word{Text: amount})
	}
	what, class := e.ResourceInventoriedAs, valueflows.ClassEconomicResource
	if what == nil {
		what, class = e.ResourceConformsTo, valueflows.ClassResourceSpecification
	}
	if what != nil {
		joint := "of"
		switch {
		case e.Action.ID == "work":
			joint = "at"
		case inPieces(e.EffortQuantity, e.ResourceQuantity):
			joint = ""
		}
		if joint != "" {
			all = append(all, word{Text: joint})
		}
		all = append(all, link(class, what))
	}
	if e.Receiver != nil && e.Provider != nil && e.Receiver.ID != e.Provider.ID {
		all = append(all, word{Text: s.to}, link("", e.Receiver))
	}
	if to := e.ToResourceInventoriedAs; to != nil {
		all = append(all, word{Text: "into"}, link(valueflows.ClassEconomicResource, to))
	}
	for _, p := range []*named{e.InputOf, e.OutputOf} {
		if p != nil {
			all = append(all, word{Text: s.in}, link(valueflows.ClassProcess, p))
			break
		}
	}
	return all
}

// amount is how much, in words; of both a resource and its use, both.
func (e *event) amount() string { return inWords(e.EffortQuantity, e.ResourceQuantity) }

func inWords(quantities ...*measure) string {
	var texts []string
	for _, m := range quantities {
		if m != nil {
			texts = append(texts, m.String())
		}
	}
	return strings.Join(texts, ", ")
}

// inPieces tells whether what is counted has no unit, as twelve boxes have none.
func inPieces(effort, resource *measure) bool {
	return effort == nil && resource != nil && resource.unit() == ""
}

// Plain is the sentence without its links.
func (e *event) Plain() string { return plain(e.Sentence()) }

func plain(sentence []word) string {
	texts := make([]string, len(sentence))
	for i, w := range sentence {
		texts[i] = w.Text
	}
	return strings.Join(texts, " ")
}

// Did, Help and StreamText tell the action and the stream.
func (e *event) Did() string        { return sayings[e.Action.ID].did }
func (e *event) Help() string       { return sayings[e.Action.ID].help }
func (e *event) StreamText() string { return streamText(e.Stream) }

// notShown stands for whom the reader may not know.
const notShown = "(not shown)"

// link is a record's name, leading to its page where it has one. The class is
// needed only of what does not say it, as agents do.
func link(class valueflows.Class, n *named) word {
	if n == nil {
		return word{Text: notShown}
	}
	if n.ID == "" || n.ID == (valueflows.ID{}).String() { // stands for somebody who is not told
		return word{Text: n.text()}
	}
	if n.Typename != "" {
		class = valueflows.Class(n.Typename)
	}
	return word{Text: n.text(), Href: "/vf/" + string(class) + "/" + url.PathEscape(n.ID)}
}
