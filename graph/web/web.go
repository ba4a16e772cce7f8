package web

import (
	"embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"strings"

	"disconode/graph"
	"disconode/node"
)

// pages are the pages for who is signed in. Each is in a file of its own.
var pages = append([]page{
	home,
	logWork,
	journal,
	happened,
	offers,
	offered,
	plans,
	onePlan,
	promise,
	sharing,
	explorer,
}, records...)

//go:embed documents/*.graphql
var documents embed.FS

//go:embed templates/*.html
var templates embed.FS

// functions are what templates can call, beside the methods of the visit.
var functions = template.FuncMap{
	"asset": assetPath,
}

// Options are what the pages are made with.
type Options struct {
	Log *slog.Logger // nil: nothing is logged
}

// site is the pages of one node.
type site struct {
	node      *node.Node
	api       *graph.Server
	log       *slog.Logger
	documents map[string]string             // by name
	templates map[string]*template.Template // by name
	origin    graph.Origin
	mux       *http.ServeMux
}

// Handler answers every address of the node that a browser is shown.
func Handler(n *node.Node, api *graph.Server, o Options) http.Handler {
	s := &site{node: n, api: api, log: o.Log, origin: graph.OriginOf(n), mux: http.NewServeMux()}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.documents, s.templates = readDocuments(), readTemplates()
	for _, p := range pages {
		pattern := p.path
		if strings.HasSuffix(pattern, "/") {
			pattern += "{$}"
		}
		s.mux.HandleFunc("GET "+pattern, s.get(p))
		if len(p.forms) > 0 {
			s.mux.HandleFunc("POST "+pattern, s.post(p))
		}
	}
	s.mux.HandleFunc("GET /sign-in", s.signIn)
	s.mux.HandleFunc("POST /sign-in", s.signedIn)
	s.mux.HandleFunc("POST /sign-out", s.signOut)
	s.mux.HandleFunc("GET /setup/{token}", s.setUp)
	s.mux.HandleFunc("POST /setup/{token}", s.setUpDone)
	s.mux.HandleFunc("GET /join/{token}", s.join)
	s.mux.HandleFunc("POST /join/{token}", s.joined)
	s.mux.HandleFunc("GET /assets/{name}", s.serveAsset)
	s.mux.HandleFunc("/", s.lost)
	return s
}

// ServeHTTP answers one request, with the headers that every page has.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	guard(w.Header())
	if err := s.origin.Check(r); err != nil {
		v := s.newVisit(w, r)
		v.Problem = "This was sent from another site, or from a page that is too old. Open the page here again, and send it from there."
		s.render(v, "problem", http.StatusForbidden)
		return
	}
	s.mux.ServeHTTP(w, r)
}

func readDocuments() map[string]string {
	all := map[string]string{}
	eachFile(documents, "documents", ".graphql", func(name, text string) { all[name] = text })
	return all
}

// readTemplates joins each page's template with the layout, and with the parts
// that several pages have.
func readTemplates() map[string]*template.Template {
	layout := template.Must(template.New("layout.html").Funcs(functions).ParseFS(templates, "templates/layout.html", "templates/parts.html"))
	all := map[string]*template.Template{}
	eachFile(templates, "templates", ".html", func(name, text string) {
		if name != "layout" && name != "parts" {
			all[name] = template.Must(template.Must(layout.Clone()).Parse(text))
		}
	})
	return all
}

func eachFile(files embed.FS, folder, ending string, do func(name, text string)) {
	found, err := files.ReadDir(folder)
	if err != nil {
		panic(err)
	}
	for _, f := range found {
		text, err := files.ReadFile(path.Join(folder, f.Name()))
		if err != nil {
			panic(fmt.Errorf("an embedded file: %w", err))
		}
		do(strings.TrimSuffix(f.Name(), ending), string(text))
	}
}

// local is the address of a page here, given what a link or a form asked for:
// anything that could lead elsewhere becomes the first page.
func local(next string) string {
	if len(next) < 1 || len(next) > 2000 || next[0] != '/' || strings.HasPrefix(next, "//") {
		return "/"
	}
	for _, c := range next {
		if c <= ' ' || c == '\\' || c >= 0x7f {
			return "/"
		}
	}
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || path.Clean(u.Path) != u.Path || strings.Contains(u.Path, `\`) {
		return "/"
	}
	return next
}
