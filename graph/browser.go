package graph

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"disconode/node"
)

// A browser signs in once and then brings a cookie, to the pages and to
// /graphql alike.

// SessionCookie is the cookie that holds a browser's session.
const SessionCookie = "disconode_session"

// cookieName is a cookie's name: with the prefix that binds it to this host, to
// every path and to https wherever the node is reached over https. Elsewhere it
// has the node's port in it: browsers give all ports of a machine the same cookies.
func cookieName(n *node.Node, name string) string {
	if secure(n) {
		return "__Host-" + name
	}
	if u, err := url.Parse(n.BaseURL()); err == nil && u.Port() != "" {
		return name + "_" + u.Port()
	}
	return name
}

func secure(n *node.Node) bool { return strings.HasPrefix(n.BaseURL(), "https://") }

// SetCookie has the browser keep a value for so long. No script reads it, and
// no other site's forms or frames bring it.
func SetCookie(n *node.Node, w http.ResponseWriter, name, value string, lasts time.Duration) {
	http.SetCookie(w, &http.Cookie{Name: cookieName(n, name), Value: value, Path: "/", MaxAge: int(lasts / time.Second),
		Secure: secure(n), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// DropCookie has the browser forget a value.
func DropCookie(n *node.Node, w http.ResponseWriter, name string) {
	http.SetCookie(w, &http.Cookie{Name: cookieName(n, name), Path: "/", MaxAge: -1, Secure: secure(n), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// ReadCookie is a value that the browser kept.
func ReadCookie(n *node.Node, r *http.Request, name string) (string, bool) {
	c, err := r.Cookie(cookieName(n, name))
	if err != nil {
		return "", false
	}
	return c.Value, true
}

// Browser tells who is signed in with the browser that asks.
// It fails with [node.ErrUnauthenticated].
func Browser(n *node.Node, r *http.Request) (node.Principal, error) {
	session, ok := ReadCookie(n, r, SessionCookie)
	if !ok {
		return node.Principal{}, node.ErrUnauthenticated
	}
	return n.Session(r.Context(), session)
}

// Origin knows the node's own pages from other sites'.
type Origin struct {
	own    *http.CrossOriginProtection
	secure bool // the node is reached over https
}

// OriginOf is the origin of a node's pages.
func OriginOf(n *node.Node) Origin {
	own := http.NewCrossOriginProtection()
	// The address that people use, also where a proxy asks under another name.
	if err := own.AddTrustedOrigin(originOf(n.BaseURL())); err != nil {
		panic(err) // the node has checked its address
	}
	return Origin{own, secure(n)}
}

// originOf is the scheme and the host of an address.
func originOf(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + strings.ToLower(host)
}

var (
	errNoOrigin = errors.New("the request does not say which page it comes from")
	errInsecure = errors.New("the request comes from a page that was not fetched over https")
)

// Check fails where a request that may change something does not come from a
// page of this node. Browsers say where it comes from; what says nothing is no
// browser, and has no business with a browser's cookie.
func (o Origin) Check(r *http.Request) error {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	if r.Header.Get("Sec-Fetch-Site") == "" {
		origin := r.Header.Get("Origin")
		if origin == "" {
			return errNoOrigin
		}
		if o.secure && !strings.HasPrefix(origin, "https://") {
			return errInsecure
		}
	}
	return o.own.Check(r)
}
