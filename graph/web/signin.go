package web

import (
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"disconode/graph"
	"disconode/node"
	"disconode/valueflows"
)

// door is what the sign-in page shows.
type door struct {
	Labs []node.Lab
	Next string
}

// signIn shows the sign-in page; who is signed in already goes on.
func (s *site) signIn(w http.ResponseWriter, r *http.Request) {
	next := local(r.URL.Query().Get("next"))
	if _, err := graph.Browser(s.node, r); err == nil {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return
	}
	v := s.newVisit(w, r)
	v.Message = v.takeMessage()
	s.showDoor(v, next, http.StatusOK)
}

func (s *site) showDoor(v *visit, next string, status int) {
	labs, err := s.node.Doors(v.Request.Context())
	if err != nil {
		s.fail(v, err)
		return
	}
	v.View = door{Labs: labs, Next: next}
	if len(labs) == 1 {
		v.Lab = labs[0].Name
	}
	s.render(v, "signin", status)
}

// signedIn signs a browser in.
func (s *site) signedIn(w http.ResponseWriter, r *http.Request) {
	v := s.newVisit(w, r)
	if !s.filled(v) {
		return
	}
	form := v.Request.PostForm
	next := local(form.Get("next"))
	labs, err := s.node.Doors(r.Context())
	if err != nil {
		s.fail(v, err)
		return
	}
	var lab valueflows.ID
	for _, l := range labs {
		if len(labs) == 1 || l.Slug == form.Get("lab") {
			lab = l.ID
		}
	}
	for field, text := range map[string]string{"name": "Fill in your name.", "password": "Fill in your password."} {
		if form.Get(field) == "" {
			v.errors[field] = text
		}
	}
	if len(v.errors) > 0 {
		s.showDoor(v, next, http.StatusUnprocessableEntity)
		return
	}
	session, err := s.node.SignIn(r.Context(), lab, form.Get("name"), form.Get("password"), addressOf(r))
	status := http.StatusUnprocessableEntity
	switch {
	case err == nil:
		s.carry(v, session, next, "")
		return
	case errors.Is(err, node.ErrSlowDown):
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", "900")
	case errors.Is(err, node.ErrBusy):
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "5")
	case !errors.Is(err, node.ErrWrongPassword):
		s.fail(v, err)
		return
	}
	v.Problem = sentence(err.Error())
	s.showDoor(v, next, status)
}

// carry gives the browser its session, in the place of one that it may have.
func (s *site) carry(v *visit, session, next, message string) {
	if old, ok := graph.ReadCookie(s.node, v.Request, graph.SessionCookie); ok {
		if err := s.node.SignOut(v.Request.Context(), old); err != nil {
			s.fail(v, err)
			return
		}
	}
	graph.SetCookie(s.node, v.writer, graph.SessionCookie, session, node.SessionLasts)
	v.leave(next, message)
}

// signOut ends the browser's session.
func (s *site) signOut(w http.ResponseWriter, r *http.Request) {
	v := s.newVisit(w, r)
	if session, ok := graph.ReadCookie(s.node, r, graph.SessionCookie); ok {
		if err := s.node.SignOut(r.Context(), session); err != nil {
			s.fail(v, err)
			return
		}
	}
	graph.DropCookie(s.node, w, graph.SessionCookie)
	v.leave("/sign-in", "You are signed out.")
}

// addressOf is where a browser is, for counting tries. What a proxy says of that
// counts only from a proxy on this machine, and only the last address, which is
// the one that the proxy itself has seen.
func addressOf(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address := at.Addr().Unmap()
	if said := r.Header.Values("X-Forwarded-For"); address.IsLoopback() && len(said) > 0 {
		all := strings.Split(said[len(said)-1], ",")
		if last, err := netip.ParseAddr(strings.TrimSpace(all[len(all)-1])); err == nil {
			address = last.Unmap().WithZone("")
		}
	}
	if address.Is6() { // a household has a whole /64
		if net, err := address.Prefix(64); err == nil {
			return net.String()
		}
	}
	return address.String()
}

// signInAt is the sign-in page that leads on to a page here.
func signInAt(next string) string {
	if next = local(next); next == "/" {
		return "/sign-in"
	}
	return "/sign-in?next=" + url.QueryEscape(next)
}
