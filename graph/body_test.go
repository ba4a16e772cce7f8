package graph

import (
	"encoding/json"
	"strings"
	"testing"
)

// Bodies that are one request, and bodies that two parsers might read in two
// ways (G08, G20, G21).
func TestBodies(t *testing.T) {
	tests := []struct {
		name, body, code string
	}{
		{"a request", `{"query": "{ actions { id } }"}`, ""},
		{"all its keys", `{"query": "{a}", "operationName": null, "variables": {"a": [1, -0.5e+3, true, "é\n\ud83c\udf31", {}]}, "extensions": null}`, ""},
		{"white space around", " \r\n\t{ \"query\" : \"{a}\" , \"variables\" : { } } \n", ""},
		{"G08: a batch", `[{"query": "{a}"}]`, "BATCHING"},
		{"G08: a batch of 1,000", "[" + strings.Repeat(`{"query":"{a}"},`, 999) + `{"query":"{a}"}]`, "BATCHING"},
		{"G20: lists 1,000 deep", `{"query": "{a}", "variables": {"a": ` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}}`, "INVALID_BODY"},
		{"G20: 65 deep", strings.Repeat(`{"query":`, 65) + "1" + strings.Repeat("}", 65), "INVALID_BODY"},
		{"G20: variables that are a list", `{"query": "{a}", "variables": [1]}`, "INVALID_BODY"},
		{"G20: a query that is a number", `{"query": 1}`, "INVALID_BODY"},
		{"G20: a key too many", `{"query": "{a}", "role": "steward"}`, "INVALID_BODY"},
		{"G20: a key in other letters", `{"Query": "{a}"}`, "INVALID_BODY"},
		{"G21: a key given twice", `{"query": "{a}", "query": "{b}"}`, "INVALID_BODY"},
		{"G21: a key given twice, once escaped", `{"query": "{a}", "\u0071uery": "{b}"}`, "INVALID_BODY"},
		{"G21: a key given twice within", `{"query": "{a}", "variables": {"a": 1, "a": 2}}`, "INVALID_BODY"},
		{"G21: text after the end", `{"query": "{a}"} {"query": "{b}"}`, "INVALID_BODY"},
		{"G21: a comma after the end", `{"query": "{a}"},`, "INVALID_BODY"},
		{"G21: nesting 100,000", strings.Repeat("[", 100_000), "BATCHING"},
		{"G21: nesting 100,000 in an object", `{"query":` + strings.Repeat("[", 100_000), "INVALID_BODY"},
		{"G21: a byte order mark", "\xef\xbb\xbf" + `{"query": "{a}"}`, "INVALID_BODY"},
		{"UTF-16", "{\x00\"\x00", "INVALID_BODY"},
		{"text that is not UTF-8", "{\"query\": \"\xff\"}", "INVALID_BODY"},
		{"half a surrogate pair", `{"query": "\ud83c"}`, "INVALID_BODY"},
		{"the other half", `{"query": "\udf31"}`, "INVALID_BODY"},
		{"two first halves", `{"query": "\ud83c\ud83c"}`, "INVALID_BODY"},
		{"a control character", "{\"query\": \"a\nb\"}", "INVALID_BODY"},
		{"an unknown escape", `{"query": "\x41"}`, "INVALID_BODY"},
		{"a trailing comma", `{"query": "{a}",}`, "INVALID_BODY"},
		{"a comment", `{"query": "{a}" /* */}`, "INVALID_BODY"},
		{"a number with a leading zero", `{"query": "{a}", "variables": {"a": 01}}`, "INVALID_BODY"},
		{"NaN", `{"query": "{a}", "variables": {"a": NaN}}`, "INVALID_BODY"},
		{"a hexadecimal number", `{"query": "{a}", "variables": {"a": 0x10}}`, "INVALID_BODY"},
		{"a number without digits", `{"query": "{a}", "variables": {"a": -}}`, "INVALID_BODY"},
		{"a number without an exponent", `{"query": "{a}", "variables": {"a": 1e}}`, "INVALID_BODY"},
		{"single quotes", `{'query': '{a}'}`, "INVALID_BODY"},
		{"a text", `"{a}"`, "INVALID_BODY"},
		{"null", `null`, "INVALID_BODY"},
		{"nothing", ``, "INVALID_BODY"},
		{"no query", `{}`, "INVALID_BODY"},
		{"an empty query", `{"query": ""}`, "INVALID_BODY"},
		{"half a body", `{"query": "{a}`, "INVALID_BODY"},
	}
	for _, test := range tests {
		_, why := readBody([]byte(test.body))
		code := ""
		if why != nil {
			code = why.code
		}
		if code != test.code {
			t.Errorf("%s: %q (%v), want %q", test.name, code, why, test.code)
		}
	}
}

// Numbers keep their digits.
func TestBodyKeepsNumbers(t *testing.T) {
	r, why := readBody([]byte(`{"query": "{a}", "variables": {"a": 0.1234567890123456789, "b": 9007199254740993, "c": 1e999999999}}`))
	if why != nil {
		t.Fatal(why)
	}
	for name, want := range map[string]json.Number{"a": "0.1234567890123456789", "b": "9007199254740993", "c": "1e999999999"} {
		if r.Variables[name] != want {
			t.Errorf("%s: %v, want %s", name, r.Variables[name], want)
		}
	}
}

// What the strict reading takes, encoding/json takes, too; and it takes nothing
// that would be read in another way.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{`{"query":"{a}","variables":{"a":[1,2.5e3,{"b":null}]}}`, `{"a":1,"a":2}`, "\xef\xbb\xbf{}", `{"query":"\ud83c\udf31"}`, `[[[[`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := &jsonText{text: body}
		if why := s.whole(); why != "" {
			readBody(body) // does not panic either
			return
		}
		if !json.Valid(body) {
			t.Fatalf("taken, and not JSON: %q", body)
		}
		var value any
		if err := json.Unmarshal(body, &value); err != nil {
			t.Fatalf("taken, and not read: %v", err)
		}
	})
}
