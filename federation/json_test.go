package federation

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// F33, F34, F35: what is read, and what is refused, before anything acts on it.
func TestReadJSON(t *testing.T) {
	nested := func(open, close string, depth int) string {
		return `{"a": ` + strings.Repeat(open, depth) + "1" + strings.Repeat(close, depth) + "}"
	}
	list := func(items int) string { return "[" + strings.TrimSuffix(strings.Repeat("1,", items), ",") + "]" }
	tests := []struct {
		name, text string
		why        reason
	}{
		{"an object", `{"id": "https://a.example/x", "n": -1.5e+3, "t": true, "f": false, "z": null, "l": [], "o": {}}`, ""},
		{"escapes", `{"a": "\"\\\/\b\f\n\r\té😀é"}`, ""},
		{"63 deep", nested("[", "]", jsonDepthMax-1), ""},
		{"2,000 items", `{"a": ` + list(jsonListMax) + `}`, ""},
		{"space around", " \t\r\n{}\n", ""},

		{"F33: 64 deep in lists", nested("[", "]", jsonDepthMax), jsonLarge},
		{"F33: 100,000 deep in objects", nested(`{"a":`, "}", 100_000), jsonLarge},
		{"F33: 2,001 items", `{"a": ` + list(jsonListMax+1) + `}`, jsonLarge},
		{"F33: 20,001 values", `{"a": [` + strings.TrimSuffix(strings.Repeat(list(1900)+",", 11), ",") + `]}`, jsonLarge},
		{"F33: a megabyte", `{"a": "` + strings.Repeat("a", requestBytesMax) + `"}`, jsonLarge},
		{"F35: a huge number", `{"a": 1` + strings.Repeat("0", jsonNumberMax) + `}`, jsonLarge},
		{"F34: a key twice", `{"id": "https://a.example/1", "id": "https://a.example/2"}`, jsonTwice},
		{"F34: a key twice, by an escape", `{"id": 1, "\u0069d": 2}`, jsonTwice},
		{"F34: a key twice, inside", `{"a": [{"b": 1, "b": 1}]}`, jsonTwice},
		{"nothing", ``, jsonForm},
		{"a list", `[{}]`, jsonForm},
		{"a text", `"a"`, jsonForm},
		{"null", `null`, jsonForm},
		{"two objects", `{} {}`, jsonForm},
		{"a byte order mark", "\xef\xbb\xbf{}", jsonForm},
		{"not UTF-8", "{\"a\": \"\xff\"}", jsonForm},
		{"half a pair", `{"a": "\ud83d"}`, jsonForm},
		{"half a pair, and a text", `{"a": "\ud83dx"}`, jsonForm},
		{"the wrong half", `{"a": "\ude00\ud83d"}`, jsonForm},
		{"NUL", `{"a": "\u0000"}`, jsonForm},
		{"a control character", "{\"a\": \"\n\"}", jsonForm},
		{"a comma at the end", `{"a": 1,}`, jsonForm},
		{"a comma at the end of a list", `{"a": [1,]}`, jsonForm},
		{"no comma", `{"a": 1 "b": 2}`, jsonForm},
		{"no colon", `{"a" 1}`, jsonForm},
		{"no quotes", `{a: 1}`, jsonForm},
		{"single quotes", `{'a': 1}`, jsonForm},
		{"a comment", `{/**/}`, jsonForm},
		{"an open object", `{"a": 1`, jsonForm},
		{"an open text", `{"a": "b`, jsonForm},
		{"an open escape", `{"a": "\`, jsonForm},
		{"an unknown escape", `{"a": "\x41"}`, jsonForm},
		{"a leading zero", `{"a": 01}`, jsonForm},
		{"a plus", `{"a": +1}`, jsonForm},
		{"a bare point", `{"a": 1.}`, jsonForm},
		{"a bare exponent", `{"a": 1e}`, jsonForm},
		{"NaN", `{"a": NaN}`, jsonForm},
		{"hexadecimal", `{"a": 0x10}`, jsonForm},
	}
	for _, test := range tests {
		tree, err := readJSON([]byte(test.text))
		if reasonOf(err) != test.why || test.why == "" && err != nil {
			t.Errorf("%s: %v, want %q", test.name, err, test.why)
			continue
		}
		if test.why != "" {
			continue
		}
		var want map[string]any
		decoder := json.NewDecoder(strings.NewReader(test.text))
		decoder.UseNumber()
		if err := decoder.Decode(&want); err != nil || !reflect.DeepEqual(tree, want) {
			t.Errorf("%s: read as %v, not as %v (%v)", test.name, tree, want, err)
		}
	}
}

// F33: contexts add terms; they do not change what we read by its plain name.
func TestF33Contexts(t *testing.T) {
	many := func(n int, item string) string {
		return "[" + strings.TrimSuffix(strings.Repeat(item+",", n), ",") + "]"
	}
	tests := []struct {
		name, context string
		why           reason
	}{
		{"ActivityStreams", `"https://www.w3.org/ns/activitystreams"`, ""},
		{"what Fedify sends with an actor", `["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1", "https://w3id.org/security/data-integrity/v1",
			"https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1", "https://gotosocial.org/ns",
			{"alsoKnownAs": {"@id": "as:alsoKnownAs", "@type": "@id"}, "manuallyApprovesFollowers": "as:manuallyApprovesFollowers", "movedTo": {"@id": "as:movedTo", "@type": "@id"},
			"toot": "http://joinmastodon.org/ns#", "Emoji": "toot:Emoji", "featured": {"@id": "toot:featured", "@type": "@id"}, "PropertyValue": "schema:PropertyValue", "value": "schema:value"}]`, ""},
		{"what FEP-0837 shows", `["https://www.w3.org/ns/activitystreams", {"vf": "https://w3id.org/valueflows/ont/vf#", "om2": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
			"Proposal": "vf:Proposal", "purpose": "vf:purpose", "action": "vf:action", "hasUnit": "om2:hasUnit", "resourceConformsTo": {"@id": "vf:resourceConformsTo", "@type": "@id"}}]`, ""},
		{"a language", `["https://www.w3.org/ns/activitystreams", {"@language": "es", "@version": 1.1}]`, ""},
		{"the same meaning again", `{"as": "https://www.w3.org/ns/activitystreams#", "actor": {"@id": "as:actor", "@type": "@id"}, "id": "@id", "type": "@type", "inbox": "http://www.w3.org/ns/ldp#inbox", "publicKey": "https://w3id.org/security#publicKey"}`, ""},

		{"an unknown context", `["https://www.w3.org/ns/activitystreams", "https://evil.example/context.jsonld"]`, contextUnknown},
		{"a context inside", `"http://169.254.169.254/"`, contextUnknown},
		{"no context", `5`, contextUnknown},
		{"contexts in contexts", `[["https://www.w3.org/ns/activitystreams"]]`, contextUnknown},
		{"100,000 contexts", many(2000, `"https://www.w3.org/ns/activitystreams"`), jsonLarge},
		{"actor is another", `{"actor": "https://evil.example/ns#actor"}`, contextRedefines},
		{"actor is object", `{"actor": "as:object"}`, contextRedefines},
		{"actor is object, in full", `{"actor": {"@id": "https://www.w3.org/ns/activitystreams#object", "@type": "@id"}}`, contextRedefines},
		{"id is another", `{"id": "https://evil.example/ns#id"}`, contextRedefines},
		{"type and id change places", `{"id": "@type", "type": "@id"}`, contextRedefines},
		{"a second id", `{"identifier": "@id"}`, contextRedefines},
		{"a second graph", `{"items2": {"@id": "@graph"}}`, contextRedefines},
		{"a second actor", `{"author": "as:actor"}`, contextRedefines},
		{"a second actor, in full", `{"author": {"@id": "https://www.w3.org/ns/activitystreams#actor"}}`, contextRedefines},
		{"a second actor, by a second prefix", `{"x": "https://www.w3.org/ns/activitystreams#"}`, contextRedefines},
		{"a second actor, by a prefix of half of it", `{"x": "https://www.w3.org/ns/activity", "author": "x:streams#actor"}`, contextRedefines},
		{"as is another", `{"as": "https://evil.example/ns#"}`, contextRedefines},
		{"actor is nothing", `{"actor": null}`, contextRedefines},
		{"a vocabulary for all", `{"@vocab": "https://evil.example/ns#"}`, contextRedefines},
		{"a base", `{"@base": "https://evil.example/"}`, contextRedefines},
		{"an import", `{"@import": "https://evil.example/"}`, contextRedefines},
		{"a context in a term", `{"thing": {"@id": "https://a.example/thing", "@context": {"actor": "https://evil.example/"}}}`, contextRedefines},
		{"a reverse term", `{"thing": {"@reverse": "as:object"}}`, contextRedefines},
		{"a term that nests", `{"thing": {"@id": "https://a.example/thing", "@nest": "object"}}`, contextRedefines},
		{"a term that holds ids", `{"thing": {"@id": "https://a.example/thing", "@container": "@id"}}`, contextRedefines},
	}
	for _, test := range tests {
		for place, document := range map[string]string{"outside": `{"@context": %s}`, "inside": `{"object": [{"@context": %s}]}`} {
			_, err := readJSON(fmt.Appendf(nil, document, test.context))
			if reasonOf(err) != test.why || test.why == "" && err != nil {
				t.Errorf("%s, %s: %v, want %q", test.name, place, err, test.why)
			}
		}
	}
	// Keys that JSON-LD reads and we do not.
	for _, key := range []string{"@graph", "@reverse", "@included", "@nest", "@id", "@type", "@set", "@list", "@value", "as:actor", "https://www.w3.org/ns/activitystreams#actor", "sec:publicKey"} {
		for _, document := range []string{`{%q: {}}`, `{"object": {"tag": [{%q: "https://evil.example"}]}}`} {
			_, err := readJSON(fmt.Appendf(nil, document, key))
			refusedFor(t, err, keywordForbidden)
		}
	}
}

// What is read is what another parser reads, within the limits; nothing panics.
func FuzzInboxJSON(f *testing.F) {
	for _, seed := range []string{
		inboxBody, `{"a": [1, -0.5e+10, true, null, "é\ud83d\ude00"], "b": {"c": {}}}`, `{"a": 1, "a": 2}`, `{"@context": [{"as": "x", "t": {"@id": "as:actor"}}]}`,
		`{"@graph": []}`, `{"a": "\ud83d"}`, "\xef\xbb\xbf{}", `{"a":[[[[[[[[[[`, `{"@context": {"x": {"@id": "x:y", "@container": ["@set"]}}, "x:y": 1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tree, err := readJSON(text)
		if err != nil {
			if reasonOf(err) == "" {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		var want map[string]any
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.UseNumber()
		if err := decoder.Decode(&want); err != nil || !reflect.DeepEqual(tree, want) {
			t.Fatalf("%q is read as %v, not as %v (%v)", text, tree, want, err)
		}
		readActor(&document{ID: textOf(tree["id"]), Object: tree})
		readKey(tree)
		actorLink(tree, "a.example")
	})
}
