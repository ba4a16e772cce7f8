package web

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"disconode/graph"
	"disconode/node"
)

// visit is one request of a page, and what its template sees.
type visit struct {
	Request *http.Request // its context is who is signed in
	Who     node.Principal
	Name    string // of the person; empty: nobody is signed in
	Lab     string // name of the LAB
	Message string // what the page before has done
	Problem string // what went wrong, for the head of the page
	View    any    // of the page
	Zone    *time.Location
	Now     time.Time // in Zone

	site   *site
	writer http.ResponseWriter
	errors map[string]string // by field of a form
}

// SignedIn tells whether somebody is.
func (v *visit) SignedIn() bool { return !v.Who.User.IsZero() }

// Records tells whether the person records work: an auditor only looks.
func (v *visit) Records() bool {
	return v.SignedIn() && node.May(v.Who.Role, node.Record, node.Events) != node.Never
}

// At tells whether the visit is to a path, for the menu.
func (v *visit) At(path string) bool { return v.Request.URL.Path == path }

// Error is what is wrong with a field of the form that was sent.
func (v *visit) Error(field string) string { return v.errors[field] }

// Failed tells whether something is wrong with what was sent.
func (v *visit) Failed() bool { return v.Problem != "" || len(v.errors) > 0 }

// Value is what a field of the form was filled in with; empty at first.
func (v *visit) Value(field string) string { return v.Request.PostForm.Get(field) }

// Key is the idempotency key of a form: a new one, or on a form that is shown
// again the one it had, so that sending it twice records once.
func (v *visit) Key() string {
	if key := v.Request.PostForm.Get("key"); key != "" {
		return key
	}
	return uuid.NewString()
}

func (s *site) newVisit(w http.ResponseWriter, r *http.Request) *visit {
	return &visit{Request: r, site: s, writer: w, errors: map[string]string{}, Zone: time.UTC, Now: s.node.Now().UTC()}
}

// enter begins a visit of who is signed in. It is nil where nobody is: then the
// browser was sent to the sign-in page.
func (s *site) enter(w http.ResponseWriter, r *http.Request) *visit {
	who, err := graph.Browser(s.node, r)
	if errors.Is(err, node.ErrUnauthenticated) {
		next := "/"
		if r.Method == http.MethodGet {
			next = r.URL.RequestURI()
		}
		http.Redirect(w, r, signInAt(next), http.StatusSeeOther)
		return nil
	}
	v := s.newVisit(w, r)
	if err != nil {
		s.fail(v, err)
		return nil
	}
	v.Who = who
	v.Request = r.WithContext(node.WithPrincipal(r.Context(), who))
	v.Zone = s.node.Zone(v.Request.Context())
	v.Now = v.Now.In(v.Zone)
	v.Message = v.takeMessage()
	data, errs := s.api.Execute(v.Request.Context(), graph.Request{Document: s.documents["layout"], Variables: vars{"lab": who.Lab.String()}})
	var answer struct {
		MyAgent      struct{ Name string }
		Organization struct{ Name string }
	}
	if len(errs) > 0 {
		s.refuse(v, errs)
		return nil
	}
	if err := decode(data, &answer); err != nil {
		s.fail(v, err)
		return nil
	}
	v.Name, v.Lab = answer.MyAgent.Name, answer.Organization.Name
	return v
}

// formBytesMax is how long a form may be.
const formBytesMax = 64 << 10

// filled reads the form that was sent. Where it cannot be read, that was answered.
func (s *site) filled(v *visit) bool {
	v.Request.Body = http.MaxBytesReader(v.writer, v.Request.Body, formBytesMax)
	err := v.Request.ParseForm()
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		v.Problem = "That is too much text for one form."
		s.render(v, "problem", http.StatusRequestEntityTooLarge)
		return false
	}
	if err == nil {
		for _, values := range v.Request.PostForm {
			for _, text := range values {
				if !utf8.ValidString(text) {
					err = errors.New("not UTF-8")
				}
			}
		}
	}
	if err != nil {
		v.Problem = "The form could not be read. Load the page again and fill it in once more."
		s.render(v, "problem", http.StatusBadRequest)
		return false
	}
	return true
}

// render shows a template within the layout.
func (s *site) render(v *visit, name string, status int) {
	var out bytes.Buffer
	if err := s.templates[name].ExecuteTemplate(&out, "layout", v); err != nil {
		s.log.ErrorContext(v.Request.Context(), "a page could not be shown", "page", name, "error", err.Error())
		http.Error(v.writer, "Something went wrong in the node; its operator finds it in the log.", http.StatusInternalServerError)
		return
	}
	v.writer.Header().Set("Content-Type", "text/html; charset=utf-8")
	sendZipped(v.writer, v.Request, status, out.Bytes())
}

// statuses are what a page's status is where its document is refused.
var statuses = map[string]int{
	"FORBIDDEN": http.StatusForbidden, "NOT_FOUND": http.StatusNotFound, "UNKNOWN_REFERENCE": http.StatusNotFound, "WRONG_CLASS": http.StatusNotFound,
	"INVALID_ID": http.StatusNotFound, "UNAVAILABLE": http.StatusServiceUnavailable, "TIMEOUT": http.StatusServiceUnavailable, "INTERNAL": http.StatusInternalServerError,
}

// refuse says why a page's document was not carried out.
func (s *site) refuse(v *visit, errs gqlerror.List) {
	status, ok := statuses[codeOf(errs)]
	if !ok {
		status = http.StatusBadRequest
	}
	v.Problem = sentence(errs[0].Message)
	s.render(v, "problem", status)
}

// fail says that a page cannot be shown, and why where that is for its reader.
func (s *site) fail(v *visit, err error) {
	var mistake *fieldError
	switch {
	case errors.As(err, &mistake):
		v.Problem = sentence(mistake.text)
		s.render(v, "problem", http.StatusBadRequest)
	case errors.Is(err, node.ErrUnavailable):
		v.Problem = sentence(node.ErrUnavailable.Error())
		s.render(v, "problem", http.StatusServiceUnavailable)
	default:
		s.log.ErrorContext(v.Request.Context(), "a page failed", "path", v.Request.Pattern, "error", err.Error())
		v.Problem = "Something went wrong in the node; its operator finds it in the log."
		s.render(v, "problem", http.StatusInternalServerError)
	}
}

// lost answers where there is no page.
func (s *site) lost(w http.ResponseWriter, r *http.Request) {
	v := s.newVisit(w, r)
	v.Problem = "There is no such page here."
	s.render(v, "problem", http.StatusNotFound)
}

// messageCookie carries what was done to the page that is shown next.
const messageCookie = "disconode_message"

// leave sends the browser on to a page here, which shows the message.
func (v *visit) leave(location, message string) {
	if message != "" {
		graph.SetCookie(v.site.node, v.writer, messageCookie, base64.RawURLEncoding.EncodeToString([]byte(message)), time.Minute)
	}
	http.Redirect(v.writer, v.Request, local(location), http.StatusSeeOther)
}

// takeMessage is what the page before has done; it is shown once.
func (v *visit) takeMessage() string {
	kept, ok := graph.ReadCookie(v.site.node, v.Request, messageCookie)
	if !ok || v.Request.Method != http.MethodGet {
		return ""
	}
	graph.DropCookie(v.site.node, v.writer, messageCookie)
	text, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil || !utf8.Valid(text) || len(text) > 500 {
		return ""
	}
	return string(text)
}
