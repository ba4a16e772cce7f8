package web

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"disconode/node"
	"disconode/valueflows"
)

// setup is what the first-run page shows.
type setup struct{ Zones []string }

// commonZones are offered; every IANA name is taken.
var commonZones = []string{
	"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
	"America/Puerto_Rico", "America/Mexico_City", "America/Bogota", "America/Lima", "America/Caracas", "America/Santiago", "America/Sao_Paulo",
	"America/Argentina/Buenos_Aires", "Atlantic/Azores", "Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Paris", "Europe/Berlin",
	"Europe/Athens", "Africa/Accra", "Africa/Lagos", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Jakarta",
	"Asia/Manila", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland", "UTC",
}

// setUp shows the page that sets the node up, to whoever holds its link.
func (s *site) setUp(w http.ResponseWriter, r *http.Request) {
	v := s.newVisit(w, r)
	if err := s.node.CanSetUp(r.Context(), r.PathValue("token")); err != nil {
		s.over(v, err)
		return
	}
	v.View = setup{commonZones}
	s.render(v, "setup", http.StatusOK)
}

// setUpDone makes the first LAB and its steward.
func (s *site) setUpDone(w http.ResponseWriter, r *http.Request) {
	v := s.newVisit(w, r)
	if !s.filled(v) {
		return
	}
	form := v.Request.PostForm
	filled := func(field string) string { return strings.TrimSpace(form.Get(field)) }
	l := node.NewLab{Name: filled("name"), Slug: filled("slug"), Zone: filled("zone"), Steward: filled("steward")}
	if l.Slug == "" {
		l.Slug = slugOf(l.Name)
		form.Set("slug", l.Slug)
	}
	session, err := s.node.SetUp(r.Context(), r.PathValue("token"), l, form.Get("password"))
	if v.mistaken(err) {
		v.View = setup{commonZones}
		s.render(v, "setup", http.StatusUnprocessableEntity)
		return
	}
	if err != nil {
		s.over(v, err)
		return
	}
	s.carry(v, session, "/", l.Name+" is set up. Welcome, "+l.Steward+".")
}

var notInSlugs = regexp.MustCompile(`[^a-z0-9]+`)

// slugOf proposes a slug for a name.
func slugOf(name string) string {
	slug := strings.Trim(notInSlugs.ReplaceAllString(strings.ToLower(name), "-"), "-")
	return strings.TrimRight(slug[:min(len(slug), 48)], "-")
}

// mistaken tells whether an error is about what was filled in, and puts it at
// its fields.
func (v *visit) mistaken(err error) bool {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		all := false
		for _, one := range many.Unwrap() {
			all = v.mistaken(one) || all
		}
		return all
	}
	var input *valueflows.InputError
	if !errors.As(err, &input) {
		return false
	}
	if len(input.Path) == 0 {
		v.Problem = sentence(input.Text)
	} else {
		v.errors[input.Path[0]] = sentence(input.Text)
	}
	return true
}

// over says that a link is good no more.
func (s *site) over(v *visit, err error) {
	switch {
	case errors.Is(err, node.ErrLinkOver):
		v.Problem = "This link is not good any more: it was used, or it is too old. Ask whoever gave it to you for a new one."
		s.render(v, "problem", http.StatusNotFound)
	case errors.Is(err, node.ErrBusy):
		v.writer.Header().Set("Retry-After", "5")
		v.Problem = sentence(err.Error())
		s.render(v, "problem", http.StatusServiceUnavailable)
	default:
		s.fail(v, err)
	}
}
