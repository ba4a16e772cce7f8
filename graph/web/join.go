package web

import (
	"net/http"
)

// invitation is what the page shows to who is invited.
type invitation struct{ Person, Lab string }

// join shows the page on which somebody who is invited chooses a password.
func (s *site) join(w http.ResponseWriter, r *http.Request) {
	v := s.newVisit(w, r)
	if s.invited(v) {
		s.render(v, "join", http.StatusOK)
	}
}

// invited reads the invitation; where there is none, that was answered.
func (s *site) invited(v *visit) bool {
	person, lab, err := s.node.Invited(v.Request.Context(), v.Request.PathValue("token"))
	if err != nil {
		s.over(v, err)
		return false
	}
	v.View, v.Lab = invitation{person, lab}, lab
	return true
}

// joined sets the password and signs the browser in.
func (s *site) joined(w http.ResponseWriter, r *http.Request) {
	v := s.newVisit(w, r)
	if !s.filled(v) || !s.invited(v) {
		return
	}
	session, err := s.node.Join(r.Context(), r.PathValue("token"), v.Request.PostForm.Get("password"))
	if v.mistaken(err) {
		s.render(v, "join", http.StatusUnprocessableEntity)
		return
	}
	if err != nil {
		s.over(v, err)
		return
	}
	s.carry(v, session, "/", "Welcome. Next time, sign in with your name and this password.")
}
