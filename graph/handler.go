// Package graph is the people's door: GraphQL over HTTP. It speaks of fields,
// nulls, pages and batches; who may do what, and what happens then, is for
// package node. A request passes, in this order: the size of its body, strict
// JSON, the gate, the validation, the policy, a deadline, the resolvers.
package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"disconode/graph/generated"
	"disconode/node"
)

const (
	bodyBytesMax    = 256 << 10
	queryDeadline   = 10 * time.Second
	mutateDeadline  = 20 * time.Second
	jsonType        = "application/json"
	graphqlJSONType = "application/graphql-response+json"
)

// Options are what a handler is made with.
type Options struct {
	Log *slog.Logger // nil: nothing is logged

	// fault is called before each resolver: a test makes it panic.
	fault func(object, field string)
}

// Server answers GraphQL requests of one node: over HTTP, and in process.
type Server struct {
	node      *node.Node
	log       *slog.Logger
	schema    graphql.ExecutableSchema
	documents *documents
	origin    Origin // of our own pages
	fault     func(object, field string)

	// Of tests: leave everything to gqlgen; be told what was not left to it.
	indirect bool
	wrote    func(graphql.CollectedField)
}

// Handler answers POST /graphql.
func Handler(n *node.Node, o Options) http.Handler { return NewServer(n, o) }

// NewServer makes the server of a node. As a handler it answers POST /graphql;
// the pages have it carry out their documents with [Server.Execute].
func NewServer(n *node.Node, o Options) *Server {
	s := &Server{node: n, log: o.Log, documents: newDocuments(), origin: OriginOf(n), fault: o.fault}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.schema = generated.NewExecutableSchema(generated.Config{Resolvers: &resolvers{node: n}})
	return s
}

// answer is what is sent back.
type answer struct {
	status int
	data   json.RawMessage // nil where nothing was carried out
	errors gqlerror.List
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if panicked := recover(); panicked != nil {
			s.log.ErrorContext(r.Context(), "a request panicked", "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
			send(w, r, refused(refuse(http.StatusInternalServerError, internalCode, internalText)))
		}
	}()
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	asked, principal, refusal := s.receive(w, r)
	if refusal != nil {
		if refusal.status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		if refusal.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", http.MethodPost)
		}
		send(w, r, refused(refusal))
		return
	}
	a := s.answer(node.WithPrincipal(r.Context(), principal), asked)
	if a.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	send(w, r, a)
}

func refused(r *refusal) answer { return answer{status: r.status, errors: r.list()} }

// receive reads a request and tells on whose behalf it comes.
func (s *Server) receive(w http.ResponseWriter, r *http.Request) (*request, node.Principal, *refusal) {
	var nobody node.Principal
	if r.Method != http.MethodPost {
		return nil, nobody, refuse(http.StatusMethodNotAllowed, "METHOD", "send a POST")
	}
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := parameters["charset"]; err != nil || kind != jsonType || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, nobody, refuse(http.StatusUnsupportedMediaType, "CONTENT_TYPE", "send the request as %s in UTF-8", jsonType)
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return nil, nobody, refuse(http.StatusUnsupportedMediaType, "CONTENT_TYPE", "send the request uncompressed")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyBytesMax))
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		return nil, nobody, refuse(http.StatusRequestEntityTooLarge, "BODY_TOO_LONG", "a request has at most %d bytes", bodyBytesMax)
	}
	if err != nil {
		return nil, nobody, refuse(http.StatusBadRequest, "INVALID_BODY", "the body could not be read to its end")
	}
	asked, why := readBody(body)
	if why != nil {
		return nil, nobody, why
	}
	if asked.key, why = idempotencyKey(r); why != nil {
		return nil, nobody, why
	}
	principal, err := s.bearer(r)
	if errors.Is(err, errForeign) {
		return nil, nobody, refuse(http.StatusForbidden, "CROSS_SITE", "%s", err)
	}
	if err != nil {
		return nil, nobody, refuse(http.StatusServiceUnavailable, "UNAVAILABLE", "%s", node.ErrUnavailable)
	}
	return asked, principal, nil
}

// keyBytesMax is how long an idempotency key may be.
const keyBytesMax = 255

func idempotencyKey(r *http.Request) (string, *refusal) {
	key := r.Header.Get("Idempotency-Key")
	unusual := func(c rune) bool { return c < ' ' || c > '~' }
	if len(key) > keyBytesMax || strings.ContainsFunc(key, unusual) {
		return "", refuse(http.StatusBadRequest, "INVALID_KEY", "an Idempotency-Key has at most %d characters, all of them printable ASCII", keyBytesMax)
	}
	return key, nil
}

var errForeign = errors.New("this browser is signed in here, but the request comes from another site, or does not say where it comes from: send a token instead")

// bearer tells who bears the request's token or, where it has none, who is
// signed in with the browser; that counts for requests of our own pages alone.
// A token or a session that is none is a stranger's request.
func (s *Server) bearer(r *http.Request) (p node.Principal, err error) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case ok && strings.EqualFold(scheme, "Bearer"):
		p, err = s.node.Authenticate(r.Context(), strings.TrimSpace(token))
	case r.Header.Get("Authorization") == "":
		if p, err = Browser(s.node, r); err == nil && s.origin.Check(r) != nil {
			return node.Principal{}, errForeign
		}
	}
	if errors.Is(err, node.ErrUnauthenticated) {
		return node.Principal{}, nil
	}
	return p, err
}

func send(w http.ResponseWriter, r *http.Request, a answer) {
	kind := jsonType
	if strings.Contains(r.Header.Get("Accept"), graphqlJSONType) {
		kind = graphqlJSONType
	}
	var out bytes.Buffer
	out.Grow(len(a.data) + 64)
	out.WriteByte('{')
	if len(a.errors) > 0 {
		text, err := json.Marshal(a.errors[:min(len(a.errors), errorsMax)])
		if err != nil {
			text = []byte(`[{"message":"` + internalText + `","extensions":{"code":"` + internalCode + `"}}]`)
		}
		out.WriteString(`"errors":`)
		out.Write(text)
	}
	if a.data != nil {
		if len(a.errors) > 0 {
			out.WriteByte(',')
		}
		out.WriteString(`"data":`)
		out.Write(a.data)
	}
	out.WriteByte('}')
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	w.WriteHeader(a.status)
	_, _ = w.Write(out.Bytes()) // a client that is gone misses its answer
}
