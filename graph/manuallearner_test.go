package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"

	"disconode/node"
	"disconode/node/store/storetest"
	"disconode/valueflows"
)

// learner is somebody who follows the manual, document by document.
type learner struct {
	*client
	books *books
	known vars // the variables that the documents told of so far
}

// manual is a node as the manual has it: Nia is a steward of Freedom Farms, whose
// books are empty.
func manual(t testing.TB, dsn string) (*books, *learner) {
	t.Helper()
	dir := storetest.Dir(t)
	n, err := node.Open(context.Background(), node.Options{DataDir: dir, Database: dsn, BaseURL: "https://node.example", Now: func() time.Time { return manualNow }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	b := &books{t: t, dir: dir, dsn: dsn, node: n}
	lab, err := n.CreateLab(node.AsOperator(context.Background(), b.lab), node.NewLab{Name: "Freedom Farms", Slug: "freedom-farms", Zone: "America/Chicago", Steward: "Nia"})
	if err != nil {
		t.Fatal(err)
	}
	b.lab = lab.ID
	handler := Handler(n, Options{})
	b.server = handler.(*Server)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	b.url = server.URL
	return b, &learner{client: b.as("Nia", node.Steward), books: b, known: vars{}}
}

// variables are those that an operation asks for.
func (r *learner) variables(operation *ast.OperationDefinition) vars {
	r.t.Helper()
	given := vars{}
	for _, v := range operation.VariableDefinitions {
		value, ok := r.known[v.Variable]
		if !ok {
			r.t.Fatalf("%s: nothing above tells what $%s is", operation.Name, v.Variable)
		}
		given[v.Variable] = value
	}
	return given
}

// follow sends a document, and answers with what came back, laid out as the page
// has it: of ids and cursors, which differ each time, only the variable's name is left.
func (r *learner) follow(e example) string {
	r.t.Helper()
	if e.command != nil {
		return r.run(e)
	}
	for _, name := range e.names {
		if strings.HasPrefix(name[1], `"`) {
			var text string
			if err := json.Unmarshal([]byte(name[1]), &text); err != nil {
				r.t.Fatalf("$%s is no text: %v", name[0], err)
			}
			r.known[name[0]] = text
		}
	}
	operation := e.operation(r.t)
	said, err := json.Marshal(vars{"query": e.query, "variables": r.variables(operation)})
	if err != nil {
		r.t.Fatal(err)
	}
	raw, answer := r.raw(said)
	if refused := len(answer.Errors) > 0; refused != e.refused {
		r.t.Fatalf("%s: %+v", operation.Name, answer.Errors)
	}
	for _, name := range e.names {
		if !strings.HasPrefix(name[1], `"`) {
			r.known[name[0]] = answer.text(name[1])
		}
	}
	return laid(r.t, json.RawMessage(r.shown(string(raw))), "") + "\n"
}

// quotedJSON is a text in an answer that is JSON itself.
var quotedJSON = regexp.MustCompile(`"\{(?:[^"\\]|\\.)*\}"`)

// shown is an answer as the page shows it: without what differs each time, and
// a text that is JSON as that JSON.
func (r *learner) shown(text string) string {
	r.t.Helper()
	text = quotedJSON.ReplaceAllStringFunc(text, func(quoted string) string {
		var inner string
		if err := json.Unmarshal([]byte(quoted), &inner); err != nil {
			r.t.Fatal(err)
		}
		return inner
	})
	named := map[string]string{}
	for name, value := range r.known {
		named[value.(string)] = "$" + name
	}
	text = uuidText.ReplaceAllStringFunc(text, func(id string) string {
		if name := named[id]; name != "" {
			return name
		}
		return "…"
	})
	return regexp.MustCompile(`("\w*[cC]ursor":)"[^"]*"`).ReplaceAllString(text, `$1"…"`)
}

// run runs a command of the page, and answers with what it prints: days are those
// of the LAB, and a line ends as on the page.
func (r *learner) run(e example) string {
	r.t.Helper()
	ctx := node.AsOperator(r.t.Context(), r.books.lab)
	var span [2]*valueflows.Instant
	for i, day := range e.command[1:] {
		begins, err := time.ParseInLocation(time.DateOnly, day, r.books.node.Zone(ctx))
		if err != nil {
			r.t.Fatal(err)
		}
		at := valueflows.InstantOf(begins)
		span[i] = &at
	}
	var out strings.Builder
	if err := r.books.node.GeneralLedger(ctx, nil, span[0], span[1], &out); err != nil {
		r.t.Fatal(err)
	}
	return r.shown(strings.ReplaceAll(strings.TrimPrefix(out.String(), "\ufeff"), "\r\n", "\n"))
}

// raw posts a request, and answers with its data as it came, too; of one that is
// refused with all that came.
func (r *learner) raw(said []byte) (json.RawMessage, *reply) {
	r.t.Helper()
	request, err := http.NewRequest(http.MethodPost, r.url, bytes.NewReader(said))
	if err != nil {
		r.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+r.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	var data struct{ Data json.RawMessage }
	answer := &reply{t: r.t, status: response.StatusCode}
	if json.Unmarshal(text, &data) != nil || json.Unmarshal(text, answer) != nil {
		r.t.Fatalf("the answer is not JSON: %s", text)
	}
	if len(answer.Errors) > 0 {
		return text, answer
	}
	return data.Data, answer
}

// laid is JSON in few lines: what fits stands on one, the fields in their order.
func laid(t testing.TB, value json.RawMessage, indent string) string {
	t.Helper()
	const width = 110
	decoder := json.NewDecoder(bytes.NewReader(value))
	open, err := decoder.Token()
	if err != nil {
		t.Fatal(err)
	}
	if _, nests := open.(json.Delim); !nests {
		return string(value)
	}
	opening, closing := "{", "}"
	if open == json.Delim('[') {
		opening, closing = "[", "]"
	}
	var parts []string
	for decoder.More() {
		key := ""
		if opening == "{" {
			name, err := decoder.Token()
			if err != nil {
				t.Fatal(err)
			}
			key = `"` + name.(string) + `": `
		}
		var inner json.RawMessage
		if err := decoder.Decode(&inner); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, key+laid(t, inner, indent+"  "))
	}
	line := opening + strings.Join(parts, ", ") + closing
	if !strings.Contains(line, "\n") && utf8.RuneCountInString(indent+line) <= width {
		return line
	}
	return opening + "\n" + indent + "  " + strings.Join(parts, ",\n"+indent+"  ") + "\n" + indent + closing
}
