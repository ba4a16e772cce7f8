package web

import (
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// element is an element of a page, with what is in it.
type element struct {
	name     string
	attr     map[string]string
	parent   *element
	children []*element
	text     string // of a text; an element has none of its own
}

// parse reads a page. Our pages close what they open, so that a strict reading
// of their elements finds any that came out of a text.
func (s *shown) parse() *element {
	s.t.Helper()
	d := xml.NewDecoder(strings.NewReader(strings.Replace(s.body, "<!doctype html>", "", 1)))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta", "link", "input", "br", "hr", "img"}, xml.HTMLEntity
	root := &element{name: "page"}
	here := root
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.t.Fatalf("the page cannot be read: %v\n%s", err, s.body)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attr: map[string]string{}, parent: here}
			for _, a := range token.Attr {
				if _, twice := e.attr[a.Name.Local]; twice {
					s.t.Errorf("<%s> has %s twice", e.name, a.Name.Local)
				}
				e.attr[a.Name.Local] = a.Value
			}
			here.children = append(here.children, e)
			here = e
		case xml.EndElement:
			if here.name != token.Name.Local {
				s.t.Fatalf("<%s> is closed by </%s>", here.name, token.Name.Local)
			}
			here = here.parent
		case xml.CharData:
			here.children = append(here.children, &element{text: string(token), parent: here})
		case xml.Comment, xml.ProcInst, xml.Directive:
			s.t.Errorf("the page holds %T %q", token, token)
		}
	}
	return root
}

// all are the elements of some names, in the order of the page.
func (e *element) all(names ...string) []*element {
	var found []*element
	for _, c := range e.children {
		if c.name != "" && (len(names) == 0 || slices.Contains(names, c.name)) {
			found = append(found, c)
		}
		found = append(found, c.all(names...)...)
	}
	return found
}

// whole is all the text in it.
func (e *element) whole() string {
	text := e.text
	for _, c := range e.children {
		text += c.whole()
	}
	if slices.Contains([]string{"td", "th", "option"}, e.name) {
		text += " "
	}
	return text
}

// text is what the page says between its header and its footer, and its title.
func (s *shown) text() string {
	var all []string
	for _, e := range s.parse().all("title", "main") {
		if e.name == "main" || e.parent.name == "head" {
			all = append(all, e.whole())
		}
	}
	return strings.Join(strings.Fields(strings.Join(all, "\n")), " ")
}

// form is where a form of the page goes, and what it holds.
func (s *shown) form(name string) (action string, filled url.Values) {
	s.t.Helper()
	for _, f := range s.parse().all("form") {
		if f.attr["method"] != "post" || strings.HasPrefix(f.attr["action"], "/sign-out") {
			continue
		}
		filled := url.Values{}
		for _, field := range f.all("input", "select", "textarea") {
			switch {
			case field.name == "textarea":
				filled.Add(field.attr["name"], field.whole())
			case field.name == "select":
				for _, option := range field.all("option") {
					if _, chosen := option.attr["selected"]; chosen {
						filled.Set(field.attr["name"], option.attr["value"])
					}
				}
			case field.attr["type"] == "radio" || field.attr["type"] == "checkbox":
				if _, checked := field.attr["checked"]; checked {
					filled.Set(field.attr["name"], field.attr["value"])
				}
			default:
				filled.Add(field.attr["name"], field.attr["value"])
			}
		}
		if filled.Get("form") == name {
			return f.attr["action"], filled
		}
	}
	s.t.Fatalf("the page has no form %q:\n%s", name, s.body)
	return "", nil
}

// tags are the elements that pages are made of. Whatever else stands on a page
// came from somewhere else.
var tags = strings.Fields(`html head meta title link body a header nav ul li form span button main p h1 h2 h3 h4 footer section div table caption thead tbody tfoot
	tr th td label input select option textarea fieldset legend details summary dl dt dd strong article svg desc path rect text`)

// attributes are those that elements of pages have.
var attributes = strings.Fields(`lang charset name content rel href type class id method action value for title role tabindex scope selected checked max maxlength rows size
	inputmode autocomplete placeholder open text-anchor viewBox width height d stroke-width fill x y
	aria-label aria-labelledby aria-describedby aria-invalid aria-current`)

// sound holds a page to what every page must be: made of our elements alone, with
// headings in order, labels, captions, and links that lead where they may.
func (s *shown) sound(where string) {
	s.t.Helper()
	wrong := func(format string, args ...any) {
		s.t.Helper()
		s.t.Errorf(where+": "+format, args...)
	}
	root := s.parse()
	ids, labelled := map[string]bool{}, map[string]bool{}
	every := root.all()
	for _, e := range every {
		if !slices.Contains(tags, e.name) {
			wrong("<%s> is none of ours", e.name)
		}
		for name, value := range e.attr {
			if !slices.Contains(attributes, name) {
				wrong("<%s> has the attribute %s=%q", e.name, name, value)
			}
		}
		if id, ok := e.attr["id"]; ok {
			if ids[id] {
				wrong("two elements have the id %q", id)
			}
			ids[id] = true
		}
		if e.name == "label" {
			labelled[e.attr["for"]] = true
			for _, field := range e.all("input", "select", "textarea") {
				labelled[field.attr["id"]] = true
			}
		}
	}
	level := 0
	for _, e := range every {
		for _, reference := range []string{"for", "aria-labelledby", "aria-describedby"} {
			for _, id := range strings.Fields(e.attr[reference]) {
				if !ids[id] {
					wrong("<%s> refers to %q, which is not there", e.name, id)
				}
			}
		}
		switch e.name {
		case "h1", "h2", "h3", "h4":
			if now := int(e.name[1] - '0'); now > level+1 || strings.TrimSpace(e.whole()) == "" {
				wrong("the heading %q of level %d comes after level %d", e.whole(), now, level)
			} else {
				level = now
			}
		case "input", "select", "textarea":
			inLabel := e.parent.name == "label"
			if e.attr["type"] != "hidden" && !inLabel && !labelled[e.attr["id"]] {
				wrong("the field %q has no label", e.attr["name"])
			}
		case "table":
			if len(e.all("caption")) != 1 {
				wrong("a table without a caption")
			}
		case "th":
			if e.attr["scope"] == "" {
				wrong("a head of a table without a scope")
			}
		case "a":
			s.lead(e, wrong)
		case "form":
			if e.attr["method"] == "post" && !strings.HasPrefix(e.attr["action"], "/") {
				wrong("a form is sent to %q", e.attr["action"])
			}
		}
	}
	if titles := root.all("h1"); len(titles) != 1 {
		wrong("%d headings of level 1", len(titles))
	}
}

// lead holds a link to where it may lead: here, or with care to the web.
func (s *shown) lead(a *element, wrong func(string, ...any)) {
	s.t.Helper()
	to := a.attr["href"]
	switch {
	case strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//"), strings.HasPrefix(to, "#"):
	case strings.HasPrefix(to, "https://"), strings.HasPrefix(to, "http://"):
		if a.attr["rel"] != "noopener noreferrer nofollow" {
			wrong("the link to %q says too much: rel=%q", to, a.attr["rel"])
		}
	default:
		wrong("a link leads to %q", to)
	}
}

// The check finds what it looks for.
func TestPagesAreHeldToTheRules(t *testing.T) {
	for _, bad := range []string{
		`<h1>a</h1><script>alert(1)</script>`, `<h1>a</h1><p onclick="x">b</p>`, `<h1>a</h1><p style="color:red">b</p>`, `<h1>a</h1><a href="javascript:alert(1)">b</a>`,
		`<h1>a</h1><a href="//evil.example">b</a>`, `<h1>a</h1><a href="https://evil.example">b</a>`, `<h1>a</h1><h3>b</h3>`, `<h2>a</h2>`, `<h1>a</h1><input name="x">`,
		`<h1>a</h1><table></table>`, `<h1>a</h1><p id="x"></p><p id="x"></p>`, `<h1>a</h1><img src="x">`,
	} {
		probe := &recorder{TB: t}
		(&shown{t: probe, body: "<!doctype html><html><body>" + bad + "</body></html>"}).sound("a page")
		if !probe.failed {
			t.Errorf("nothing is said against %s", bad)
		}
	}
}

// recorder is told what is wrong, and only remembers that something is.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Fatalf(string, ...any) { r.failed = true }
