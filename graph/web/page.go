package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"disconode/graph"
)

// A page is one GraphQL document and one html/template. It is a row in the
// table [pages] of web.go:
//
//	{
//		path:      "/journal/{id}",          // of its GET and of its forms' POSTs
//		document:  "event",                  // documents/event.graphql
//		variables: func(v *visit) (vars, error) { return vars{"id": v.Request.PathValue("id")}, nil },
//		view:      into(func(v *visit, a eventAnswer) (any, error) { return shownOf(a), nil }),
//		template:  "event",                  // templates/event.html
//		forms:     []form{{name: "correct", document: "correct", variables: …, fields: …, done: …}},
//	}
//
// A GET carries out the document on behalf of who is signed in, through the same
// gate and rights as anyone's query, and shows the template, which defines
// "title" and "main". What the template sees is the [visit]: .View is what view
// returned (or, without a view, the answer as it came), .Error "field" the text
// of an error at a form's field, .Value "field" what was filled in, .Key a new
// idempotency key. Whoever is not signed in goes to the sign-in page first.
//
// A POST carries out the document of the form whose name is in its field "form"
// (a form without a name needs no such field), with the idempotency key of its
// field "key", and then sends the browser on (303) to where done says, with a
// short message that the next page shows. Where that fails, the page is shown
// again with the error at its field. In a template:
//
//	<form method="post">
//		<input type="hidden" name="form" value="correct">
//		<input type="hidden" name="key" value="{{.Key}}">
//		{{with .Error "amount"}}<p class="error" id="amount-error">{{.}}</p>{{end}}
//		<label for="amount">Right amount</label>
//		<input id="amount" name="amount" value="{{.Value "amount"}}" {{if .Error "amount"}}aria-invalid="true" aria-describedby="amount-error"{{end}}>
//		<button>Correct</button>
//	</form>
type page struct {
	path      string
	document  string // empty: nothing is asked
	variables func(*visit) (vars, error)
	view      func(*visit, json.RawMessage) (any, error)
	template  string
	forms     []form
}

// form is what a page can be sent.
type form struct {
	name      string
	document  string // one mutation
	variables func(*visit) (vars, error)
	// fields say at which field of the form an error is shown, by the path of the
	// mutation's input, such as "event.effortQuantity": the longest that fits.
	// Errors elsewhere stand at the head of the page.
	fields map[string]string
	// done says where to go next, and what to say there.
	done func(*visit, json.RawMessage) (location, message string, err error)
}

// vars are the variables of a document.
type vars = map[string]any

// into has a view work on the answer as T.
func into[T any](view func(*visit, T) (any, error)) func(*visit, json.RawMessage) (any, error) {
	return func(v *visit, data json.RawMessage) (any, error) {
		var answer T
		if err := decode(data, &answer); err != nil {
			return nil, err
		}
		return view(v, answer)
	}
}

// decode reads an answer; its numbers keep their digits.
func decode(data json.RawMessage, answer any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode(answer)
}

// fieldError is a mistake in a field of a form.
type fieldError struct{ field, text string }

func (e *fieldError) Error() string { return e.text }

// atField is a mistake in a field of a form, in words for who filled it in.
// A form's variables return it.
func atField(field, text string) error { return &fieldError{field, text} }

// doneAlready says that what a form asks for is so already; nothing is sent.
type doneAlready string

func (d doneAlready) Error() string { return string(d) }

// get shows a page.
func (s *site) get(p page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if v := s.enter(w, r); v != nil {
			s.show(v, p, http.StatusOK)
		}
	}
}

// show asks for what a page shows, and shows it.
func (s *site) show(v *visit, p page, status int) {
	if p.document != "" {
		given, err := variablesOf(v, p.variables)
		if err != nil {
			s.fail(v, err)
			return
		}
		data, errs := s.api.Execute(v.Request.Context(), graph.Request{Document: s.documents[p.document], Variables: given})
		if len(errs) > 0 {
			s.refuse(v, errs)
			return
		}
		if p.view == nil {
			err = decode(data, &v.View)
		} else {
			v.View, err = p.view(v, data)
		}
		if err != nil {
			s.fail(v, err)
			return
		}
	} else if p.view != nil {
		var err error
		if v.View, err = p.view(v, nil); err != nil {
			s.fail(v, err)
			return
		}
	}
	s.render(v, p.template, status)
}

func variablesOf(v *visit, of func(*visit) (vars, error)) (vars, error) {
	if of == nil {
		return nil, nil
	}
	return of(v)
}

// post carries out a form of a page.
func (s *site) post(p page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := s.enter(w, r)
		if v == nil || !s.filled(v) {
			return
		}
		for _, f := range p.forms {
			if f.name == v.Request.PostForm.Get("form") {
				s.submit(v, p, f)
				return
			}
		}
		v.Problem = "This form is not known here. Load the page again."
		s.show(v, p, http.StatusBadRequest)
	}
}

func (s *site) submit(v *visit, p page, f form) {
	given, err := variablesOf(v, f.variables)
	var mistake *fieldError
	if errors.As(err, &mistake) {
		v.errors[mistake.field] = mistake.text
		s.show(v, p, http.StatusUnprocessableEntity)
		return
	}
	var done doneAlready
	if errors.As(err, &done) {
		v.leave(v.Request.URL.Path, string(done))
		return
	}
	if err != nil {
		s.fail(v, err)
		return
	}
	data, errs := s.api.Execute(v.Request.Context(), graph.Request{Document: s.documents[f.document], Variables: given, Key: v.Request.PostForm.Get("key")})
	if codeOf(errs) == "IDEMPOTENCY_CONFLICT" { // sent before, and the answer was lost on its way
		v.Request.PostForm.Del("key")
		v.Problem = "This form was sent before, with something else in it, and that was recorded. Look in the journal before you send it again."
		s.show(v, p, http.StatusUnprocessableEntity)
		return
	}
	if len(errs) > 0 {
		if codeOf(errs) == "UNAUTHENTICATED" {
			s.refuse(v, errs)
			return
		}
		for _, e := range errs {
			if field := fieldOf(f.fields, e); field != "" {
				v.errors[field] = e.Message
			} else {
				v.Problem = strings.TrimSpace(v.Problem + " " + sentence(e.Message))
			}
		}
		s.show(v, p, http.StatusUnprocessableEntity)
		return
	}
	location, message, err := f.done(v, data)
	if err != nil {
		s.fail(v, err)
		return
	}
	v.leave(location, message)
}

// fieldOf is the field of a form at which an error stands.
func fieldOf(fields map[string]string, e *gqlerror.Error) string {
	path, _ := e.Extensions["path"].(string)
	for path != "" {
		if field, ok := fields[path]; ok {
			return field
		}
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
	}
	return ""
}

func codeOf(errs gqlerror.List) string {
	if len(errs) == 0 {
		return ""
	}
	code, _ := errs[0].Extensions["code"].(string)
	return code
}

// sentence is an error's text as a sentence.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	text = capital(text)
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}

// capital is a text that begins with a capital letter.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
