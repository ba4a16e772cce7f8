package federation

import (
	"net/http"
	"strings"
)

// serviceLink is the relation by which the node's own actor is found (FEP-d556),
// applicationLink that of NodeInfo (FEP-2677).
const (
	serviceLink     = "https://www.w3.org/ns/activitystreams#Service"
	applicationLink = "https://www.w3.org/ns/activitystreams#Application"
)

// webFinger tells which actor stands behind a name (RFC 7033): a LAB's behind
// acct:slug@host or its IRI, the node's own behind the bare origin.
func (f *Federation) webFinger(w http.ResponseWriter, r *http.Request) error {
	resource := r.URL.Query().Get("resource")
	if resource == "" {
		return bad(fingerForm, "say whom you ask for: ?resource=acct:NAME@%s", f.signatures.base.Host)
	}
	w.Header().Set("Access-Control-Allow-Origin", "*")
	base := f.node.BaseURL()
	if strings.TrimSuffix(resource, "/") == base {
		return showJSON(w, r, http.StatusOK, "application/jrd+json", map[string]any{
			"subject": resource,
			"links":   []any{map[string]any{"rel": serviceLink, "type": activityType, "href": f.nodeActor()}},
		})
	}
	slug, isIRI := strings.CutPrefix(resource, base+"/labs/")
	if !isIRI {
		var host string
		var err error
		if slug, host, err = splitName(resource); err != nil {
			return err
		}
		if own, err := normalHost(host, f.signatures.base.Scheme); err != nil || own != f.signatures.base.Host {
			return &refusal{Reason: notShown, Status: http.StatusNotFound, Text: "that name is of another host"}
		}
	}
	lab, err := f.node.LabBySlug(r.Context(), strings.ToLower(slug))
	if err != nil {
		return err
	}
	actor := f.labActor(lab.Slug)
	return showJSON(w, r, http.StatusOK, "application/jrd+json", map[string]any{
		"subject": "acct:" + lab.Slug + "@" + f.signatures.base.Host,
		"aliases": []any{actor},
		"links": []any{
			map[string]any{"rel": "self", "type": activityType, "href": actor},
			map[string]any{"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": actor},
		},
	})
}
