package graph

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"disconode/node"
)

// browser is a signed-in browser's session cookie.
func (b *books) browser() *http.Cookie {
	b.t.Helper()
	operator := node.AsOperator(context.Background(), b.lab)
	if err := b.node.SetPassword(operator, b.lab, "Ada of farms", "seven green tractors hum"); err != nil {
		b.t.Fatal(err)
	}
	secret, err := b.node.SignIn(b.t.Context(), b.lab, "Ada of farms", "seven green tractors hum", "192.0.2.1")
	if err != nil {
		b.t.Fatal(err)
	}
	return &http.Cookie{Name: cookieName(b.node, SessionCookie), Value: secret}
}

// A09: a browser's session counts at /graphql for requests of our own pages
// alone; a token counts wherever the request comes from.
func TestA09SessionAtGraphQL(t *testing.T) {
	b := newBooks(t, "", Options{})
	cookie := b.browser()
	const own = "https://books.example"
	tests := []struct {
		what   string
		header []string
		status int
	}{
		{"our own page", []string{"Origin", own}, 200},
		{"our own page, by the browser's word", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"another site", []string{"Origin", "https://evil.example"}, 403},
		{"another site, by the browser's word", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a sister host", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"an opaque origin", []string{"Origin", "null"}, 403},
		{"no origin", nil, 403},
		{"a form", []string{"Origin", "https://evil.example", "Content-Type", "application/x-www-form-urlencoded"}, 415},
		{"plain text", []string{"Origin", "https://evil.example", "Content-Type", "text/plain"}, 415},
		{"a stranger's token beside the cookie", []string{"Origin", own, "Authorization", "Bearer disconode_none"}, 401},
	}
	for _, test := range tests {
		for _, query := range []string{"{ myAgent { name } }", `mutation { createOrganization(organization: {name: "Foreign"}) { agent { id } } }`} {
			body, err := json.Marshal(map[string]string{"query": query})
			if err != nil {
				t.Fatal(err)
			}
			request, err := http.NewRequest(http.MethodPost, b.url, strings.NewReader(string(body)))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Content-Type", "application/json")
			for i := 0; i < len(test.header); i += 2 {
				request.Header.Set(test.header[i], test.header[i+1])
			}
			request.AddCookie(cookie)
			answer, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err != nil || answer.StatusCode != test.status {
				t.Errorf("%s: %d %s %v", test.what, answer.StatusCode, text, err)
			}
		}
	}
	made := b.steward().ask(`{ organizations { edges { node { name } } } }`, nil).good().Data
	if text, err := json.Marshal(made); err != nil || strings.Count(string(text), "Foreign") != 2 { // of our own page alone
		t.Errorf("%s, %v", text, err)
	}
	request, err := http.NewRequest(http.MethodGet, b.url+"?query=mutation%7BcreateOrganization(organization:%7Bname:%22x%22%7D)%7Bagent%7Bid%7D%7D%7D", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.AddCookie(cookie)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a GET: %d", answer.StatusCode)
	}
}

// In process a document is answered as over HTTP: the same data, the same
// refusals, with the same rights and the same idempotency.
func TestExecuteIsTheSameDoor(t *testing.T) {
	b := newBooks(t, "", Options{})
	ada := b.steward()
	who, err := b.node.Session(t.Context(), b.browser().Value)
	if err != nil {
		t.Fatal(err)
	}
	in := node.WithPrincipal(t.Context(), who)
	for _, query := range []string{
		"{ myAgent { name } }", "{ actions { id } }", "{ units(first: 3) { edges { node { label } } } }", "{ nothing }", "{", "{" + strings.Repeat(" a: actions { id }", 40) + "}",
		"query($first: Int!) { units(first: $first) { edges { cursor } } }", `{ process(id: "0197d1f0-0000-7000-8000-000000000000") { name } }`,
	} {
		data, errs := b.server.Execute(in, Request{Document: query, Variables: map[string]any{}})
		over := ada.ask(query, vars{})
		if len(errs) != len(over.Errors) {
			t.Errorf("%.60s: %v in process, %v over HTTP", query, errs, over.Errors)
			continue
		}
		for i := range errs {
			if errs[i].Message != over.Errors[i].Message || errs[i].Extensions["code"] != over.Errors[i].Extensions.Code {
				t.Errorf("%.60s: %v in process, %v over HTTP", query, errs[i], over.Errors[i])
			}
		}
		var got map[string]any
		if data != nil {
			if err := json.Unmarshal(data, &got); err != nil {
				t.Fatal(err)
			}
		}
		a, _ := json.Marshal(got)
		o, _ := json.Marshal(over.Data)
		if string(a) != string(o) {
			t.Errorf("%.60s: %s in process, %s over HTTP", query, a, o)
		}
	}
	if _, errs := b.server.Execute(t.Context(), Request{Document: "{ myAgent { name } }"}); len(errs) != 1 || errs[0].Extensions["code"] != "UNAUTHENTICATED" {
		t.Errorf("a stranger in process: %v", errs)
	}
	once := Request{Document: `mutation($n: String!) { createOrganization(organization: {name: $n}) { agent { id } } }`, Variables: map[string]any{"n": "Once"}, Key: "k1"}
	first, errs := b.server.Execute(in, once)
	again, _ := b.server.Execute(in, once)
	if len(errs) > 0 || string(first) != string(again) {
		t.Errorf("%s, then %s: %v", first, again, errs)
	}
}
