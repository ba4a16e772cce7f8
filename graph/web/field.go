package web

import (
	"net/url"

	"disconode/valueflows"
)

// field is something that a record says: in plain words, with its name in the
// vocabulary, and one value or several.
type field struct {
	Label, Term string
	Values      []value
}

// value is a text; with an address it is a link, away from this node where Away
// is set.
type value struct {
	word
	Away bool
}

// fieldList is what a record says; what it does not say is left out.
type fieldList []field

func (l *fieldList) add(label, term string, values ...word) {
	f := field{Label: label, Term: term}
	for _, w := range values {
		f.Values = append(f.Values, value{word: w})
	}
	*l = append(*l, f)
}

func (l *fieldList) text(label, term, text string) {
	if text != "" {
		l.add(label, term, word{Text: text})
	}
}

func (l *fieldList) record(label, term string, class valueflows.Class, n *named) {
	if n != nil {
		l.add(label, term, link(class, n))
	}
}

func (l *fieldList) records(label, term string, class valueflows.Class, all []*named) {
	var links []word
	for _, n := range all {
		links = append(links, link(class, n))
	}
	if len(links) > 0 {
		l.add(label, term, links...)
	}
}

func (l *fieldList) event(label, term string, n *named) {
	if n != nil {
		l.add(label, term, word{Text: "another event", Href: "/journal/" + url.PathEscape(n.ID)})
	}
}

// away are addresses that somebody gave: links only where they lead to the web.
func (l *fieldList) away(label, term string, addresses ...string) {
	f := field{Label: label, Term: term}
	for _, address := range addresses {
		if address == "" {
			continue
		}
		v := value{word: word{Text: address}}
		if onTheWeb(address) {
			v.Href, v.Away = address, true
		}
		f.Values = append(f.Values, v)
	}
	if len(f.Values) > 0 {
		*l = append(*l, f)
	}
}

// onTheWeb tells whether an address is one of http or https, with a host and
// without a name or password before it.
func onTheWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}
