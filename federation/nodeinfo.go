package federation

import (
	"net/http"
	"runtime/debug"
)

const nodeInfoSchema = "http://nodeinfo.diaspora.software/ns/schema/2.1"

// nodeInfoLinks tells where the node describes itself (FEP-f1d5), and its actor
// (FEP-2677).
func (f *Federation) nodeInfoLinks(w http.ResponseWriter, r *http.Request) error {
	return showJSON(w, r, http.StatusOK, "application/json", map[string]any{"links": []any{
		map[string]any{"rel": nodeInfoSchema, "href": f.node.BaseURL() + "/nodeinfo/2.1"},
		map[string]any{"rel": applicationLink, "href": f.nodeActor()},
	}})
}

// nodeInfo describes the node: which program it is and what it speaks. How many
// use it is nobody's business.
func (f *Federation) nodeInfo(w http.ResponseWriter, r *http.Request) error {
	return showJSON(w, r, http.StatusOK, `application/json; profile="`+nodeInfoSchema+`#"`, map[string]any{
		"version":           "2.1",
		"software":          map[string]any{"name": "disconode", "version": version()},
		"protocols":         []any{"activitypub"},
		"services":          map[string]any{"inbound": []any{}, "outbound": []any{}},
		"openRegistrations": false,
		"usage":             map[string]any{"users": map[string]any{}},
		"metadata":          map[string]any{},
	})
}

// version is the program's, as its build says.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "unreleased"
}
