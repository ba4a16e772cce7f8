package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"disconode/node"
	"disconode/node/store/storetest"
)

var update = flag.Bool("update", false, "accept what the tests find as what they expect")

const manualPage = "../docs/API.md"

// example is one GraphQL document of the manual.
type example struct {
	query string
	names [][2]string // the variables that the document's comments tell of, and what each is
	// answer is where the page has the text of what came back, from and to; 0 and 0
	// where it shows none.
	answer [2]int
}

var (
	exampleBlock = regexp.MustCompile("(?ms)^```graphql\n(.*?)^```\n(?:\n```json\n(.*?)^```\n)?")
	nameLine     = regexp.MustCompile(`(?m)^# \$(\w+) is (\S+)$`)
	uuidText     = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
)

// examples are the documents of the manual, in the order of the page.
func examples(t testing.TB) (page string, all []example) {
	t.Helper()
	text, err := os.ReadFile(manualPage)
	if err != nil {
		t.Fatal(err)
	}
	page = string(text)
	for _, at := range exampleBlock.FindAllStringSubmatchIndex(page, -1) {
		e := example{query: page[at[2]:at[3]]}
		if at[4] >= 0 {
			e.answer = [2]int{at[4], at[5]}
		}
		for _, line := range nameLine.FindAllStringSubmatch(e.query, -1) {
			e.names = append(e.names, [2]string{line[1], line[2]})
		}
		all = append(all, e)
	}
	return page, all
}

// operation is the one operation of the document, checked against the schema.
func (e example) operation(t testing.TB) *ast.OperationDefinition {
	t.Helper()
	doc, problems := gqlparser.LoadQueryWithRules(ourSchema(), e.query, rules.NewDefaultRules())
	if problems != nil || len(doc.Operations) != 1 {
		t.Fatalf("%v\n%s", problems, e.query)
	}
	return doc.Operations[0]
}

// learner is somebody who follows the manual, document by document.
type learner struct {
	*client
	known vars // the variables that the documents told of so far
}

// manual is a node as the manual has it: Nia is a steward of Freedom Farms, whose
// books are empty.
func manual(t testing.TB, dsn string) (*books, *learner) {
	t.Helper()
	dir := storetest.Dir(t)
	n, err := node.Open(context.Background(), node.Options{DataDir: dir, Database: dsn, BaseURL: "https://node.example"})
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
	return b, &learner{client: b.as("Nia", node.Steward), known: vars{}}
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
	if len(answer.Errors) > 0 {
		r.t.Fatalf("%s: %+v", operation.Name, answer.Errors)
	}
	for _, name := range e.names {
		if !strings.HasPrefix(name[1], `"`) {
			r.known[name[0]] = answer.text(name[1])
		}
	}
	named := map[string]string{}
	for name, value := range r.known {
		named[value.(string)] = "$" + name
	}
	text := uuidText.ReplaceAllStringFunc(string(raw), func(id string) string {
		if name := named[id]; name != "" {
			return name
		}
		return "…"
	})
	text = regexp.MustCompile(`("\w*[cC]ursor":)"[^"]*"`).ReplaceAllString(text, `$1"…"`)
	return laid(r.t, json.RawMessage(text), "") + "\n"
}

// raw posts a request, and answers with its data as it came, too.
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

// The manual's documents run in the order of the page, from empty books on, and
// what it shows came back, on both databases. -update writes what came back.
func TestManualRuns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		_, nia := manual(t, dsn)
		page, all := examples(t)
		if len(all) < 20 {
			t.Fatalf("only %d examples", len(all))
		}
		var told strings.Builder
		from, shown := 0, 0
		for _, e := range all {
			answer := nia.follow(e)
			if e.answer[1] == 0 {
				continue
			}
			shown++
			told.WriteString(page[from:e.answer[0]] + answer)
			from = e.answer[1]
			if have := page[e.answer[0]:e.answer[1]]; have != answer && !*update {
				t.Errorf("the page shows what does not come back (-update writes what does):\n%s\nwhat came back:\n%s", have, answer)
			}
		}
		if shown < 15 {
			t.Errorf("only %d answers are shown", shown)
		}
		if told.WriteString(page[from:]); *update && !t.Failed() {
			if err := os.WriteFile(manualPage, []byte(told.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	})
}
