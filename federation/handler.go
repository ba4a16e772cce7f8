package federation

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"

	"disconode/node"
)

// Patterns are the addresses that peers alone ask for.
var Patterns = []string{
	"/.well-known/webfinger", "/.well-known/nodeinfo", "/nodeinfo/2.1",
	"/actor", "/actor/inbox", "/actor/outbox",
	"/labs/{slug}/inbox", "/labs/{slug}/outbox", "/labs/{slug}/followers", "/labs/{slug}/audiences/{name}",
}

// SharedPatterns are the addresses that show a document to a machine and a page
// to people: [Wants] tells them apart.
var SharedPatterns = []string{"/labs/{slug}", "/labs/{slug}/people/{person}", "/labs/{slug}/vf/{class}/{id}", "/vf/{class}/{id}"}

// Wants tells whether a request asks for a document of ActivityPub rather than
// for a page.
func Wants(r *http.Request) bool { return accepted(r) != "" }

// accepted is the first media type of ActivityPub that a request accepts, and
// empty where it accepts none.
func accepted(r *http.Request) string {
	for _, part := range strings.Split(strings.Join(r.Header.Values("Accept"), ","), ",") {
		kind, _, _ := strings.Cut(part, ";")
		switch kind = strings.ToLower(strings.TrimSpace(kind)); kind {
		case activityType, linkedType:
			return kind
		}
	}
	return ""
}

// Handler answers peers: at [Patterns], and at [SharedPatterns] to those that
// [Wants] tells.
func (f *Federation) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, answer := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /.well-known/webfinger":        f.webFinger,
		"GET /.well-known/nodeinfo":         f.nodeInfoLinks,
		"GET /nodeinfo/2.1":                 f.nodeInfo,
		"GET /actor":                        f.showNode,
		"POST /actor/inbox":                 f.refuseToNode,
		"GET /actor/inbox":                  f.hideInbox,
		"GET /actor/outbox":                 f.showNodeOutbox,
		"GET /labs/{slug}":                  f.showLab,
		"POST /labs/{slug}/inbox":           f.inbox,
		"GET /labs/{slug}/inbox":            f.hideInbox,
		"GET /labs/{slug}/outbox":           f.showOutbox,
		"GET /labs/{slug}/followers":        f.showFollowers,
		"GET /labs/{slug}/audiences/{name}": f.showAudience,
		"GET /labs/{slug}/people/{person}":  f.showNamed,
		"GET /labs/{slug}/vf/{class}/{id}":  f.showNamed,
		"GET /vf/{class}/{id}":              f.showRecord,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Vary", "Accept")
			err := f.checkHost(r)
			if err == nil {
				err = answer(w, r)
			}
			if err != nil {
				f.refuse(w, r, err)
			}
		})
	}
	return mux
}

// checkHost refuses a request to another host than the node's: an answer under
// another name would let that name speak for the node.
func (f *Federation) checkHost(r *http.Request) error {
	host, err := normalHost(r.Host, f.signatures.base.Scheme)
	if err != nil || host != f.signatures.base.Host {
		return &refusal{Reason: hostOther, Status: http.StatusMisdirectedRequest, Text: "this node is " + f.signatures.base.Host + ", and answers peers under no other name"}
	}
	return nil
}

// lab is the LAB that a request's address names.
func (f *Federation) lab(r *http.Request) (*node.Lab, error) {
	return f.node.LabBySlug(r.Context(), r.PathValue("slug"))
}

// showDocument answers with a document of ActivityPub, or that it has not changed.
func showDocument(w http.ResponseWriter, r *http.Request, status int, document any) error {
	kind := activityType
	if accepted(r) == linkedType {
		kind = linkedType + `; profile="` + profile + `"`
	}
	return showJSON(w, r, status, kind, document)
}

// showJSON answers with JSON of some media type.
func showJSON(w http.ResponseWriter, r *http.Request, status int, kind string, document any) error {
	body, err := json.Marshal(document)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(append([]byte(kind+"\n"), body...))
	etag := `"` + hex.EncodeToString(sum[:16]) + `"`
	w.Header().Set("ETag", etag)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-cache")
	}
	if status == http.StatusOK && strings.Contains(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	w.Write(body)
	return nil
}
