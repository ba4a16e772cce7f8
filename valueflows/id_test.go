package valueflows

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// An IRI is known under one spelling.
func TestNormalIRI(t *testing.T) {
	tests := []struct{ iri, want string }{
		{"https://farm.example/vf/Person/1", "https://farm.example/vf/Person/1"},
		{"https://farm.example", "https://farm.example/"},
		{"https://farm.example/", "https://farm.example/"},
		{"HTTPS://Farm.Example/Vf", "https://farm.example/Vf"},
		{"http://Farm.Example:8080", "http://farm.example:8080/"},
		{"https://farm.example?Page=1", "https://farm.example/?Page=1"},
		{"https://farm.example#Me", "https://farm.example/#Me"},
		{"https://farm.example/?q=A/B#C", "https://farm.example/?q=A/B#C"},
		{"https://Nia@Farm.example/x", "https://Nia@farm.example/x"},
		{"https://[2001:DB8::1]/X", "https://[2001:db8::1]/X"},
		{"http://farm.example/", "http://farm.example/"}, // another than with https
		// what is no address of the web stays as it is
		{"urn:uuid:0194F3AB-7C00-7000-8000-000000000001", "urn:uuid:0194F3AB-7C00-7000-8000-000000000001"},
		{"did:Key:Z6Mk", "did:Key:Z6Mk"},
		{"mailto:Nia@Farm.Example", "mailto:Nia@Farm.Example"},
		{"httpX://Farm.Example", "httpX://Farm.Example"},
		{"http:Farm", "http:Farm"},
		{"http://", "http://"},
		{"http:///Path", "http:///Path"},
		{"https://[::1", "https://[::1"},
		{"https://farm.example/%zz", "https://farm.example/%zz"},
		{"Farm", "Farm"},
		{"", ""},
	}
	for _, test := range tests {
		if got := NormalIRI(test.iri); got != test.want {
			t.Errorf("%q is known as %q, want %q", test.iri, got, test.want)
		}
		if IDOf(test.iri) != IDOf(test.want) {
			t.Errorf("%q and %q have different ids", test.iri, test.want)
		}
	}
}

// The one spelling of the one spelling is itself, and names the same.
func TestNormalIRIIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		iri := rapid.OneOf(
			rapid.StringMatching(`[hH][tT]{2}[pP][sS]?://([A-Za-z]{1,5}@)?[A-Za-zÀ-ž0-9.-]{1,12}(:[0-9]{1,4})?[/?#]?[A-Za-z/?#%0-9]{0,10}`),
			rapid.String(),
		).Draw(t, "iri")
		once := NormalIRI(iri)
		if twice := NormalIRI(once); twice != once {
			t.Fatalf("%q is known as %q, and that as %q", iri, once, twice)
		}
		if IDOf(iri) != IDOf(once) {
			t.Fatalf("%q and %q have different ids", iri, once)
		}
	})
}

// The id of what an IRI names is the same on every node and for all time.
func TestIDOf(t *testing.T) {
	tests := []struct{ iri, id string }{
		{"http://www.ontology-of-units-of-measure.org/resource/om-2/kilogram", "f68b662a-8bb1-5486-ac12-99ae4137e2ba"},
		{"https://farm.example", "da6538cb-99b5-5579-b340-4b1eb74db226"},
		{"https://farm.example/", "da6538cb-99b5-5579-b340-4b1eb74db226"},
	}
	for _, test := range tests {
		id := IDOf(test.iri)
		if id.String() != test.id {
			t.Errorf("%s has id %s, want %s", test.iri, id, test.id)
		}
		if u := uuid.UUID(id); u.Version() != 5 || u.Variant() != uuid.RFC4122 {
			t.Errorf("%s is no UUIDv5", id)
		}
	}
	if IDOf("https://farm.example/a") == IDOf("https://farm.example/A") {
		t.Error("the case of a path counts")
	}
}

// An id is a UUID of the usual 36 characters and nothing else.
func TestParseID(t *testing.T) {
	const text = "0194f3ab-7c00-7000-8000-00000000000a"
	for _, same := range []string{text, strings.ToUpper(text)} {
		if id, err := ParseID(same); err != nil || id.String() != text || id.IsZero() {
			t.Errorf("%s is %s, %v", same, id, err)
		}
	}
	if id, err := ParseID("00000000-0000-0000-0000-000000000000"); err != nil || !id.IsZero() || !(ID{}).IsZero() {
		t.Errorf("the zero id is %s, %v", id, err)
	}
	for _, junk := range []string{
		"", "1", "farm", text[:35], text + "0", " " + text[1:], text[:35] + "\n", "{" + text + "}", "urn:uuid:" + text,
		strings.ReplaceAll(text, "-", ""), strings.ReplaceAll(text, "-", "_"), "g" + text[1:], "0194f3ab-7c00-7000-8000-0000000000０",
		"0194f3ab7-c00-7000-8000-00000000000a", "https://farm.example/vf/Person/1", strings.Repeat("0", 36), strings.Repeat("-", 36), strings.Repeat("9", 1<<20),
	} {
		id, err := ParseID(junk)
		refused(t, Clip(junk), err, "INVALID_ID", "")
		if !id.IsZero() || len(err.Error()) > 400 {
			t.Errorf("%q is %s, %v", Clip(junk), id, err)
		}
	}
}

// An error repeats at most 64 characters of a stranger's text, whole ones.
func TestClip(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"kale", "kale"},
		{strings.Repeat("x", 64), strings.Repeat("x", 64)},
		{strings.Repeat("x", 65), strings.Repeat("x", 64) + "…"},
		{strings.Repeat("x", 10<<20), strings.Repeat("x", 64) + "…"},
		{strings.Repeat("é", 64), strings.Repeat("é", 64)},
		{strings.Repeat("é", 300), strings.Repeat("é", 64) + "…"},
		{strings.Repeat("🌾", 64), strings.Repeat("🌾", 64)},
		{strings.Repeat("🌾", 65), strings.Repeat("🌾", 64) + "…"},
		{strings.Repeat("🌾", 66), strings.Repeat("🌾", 64) + "…"},
		{"x" + strings.Repeat("🌾", 66), "x" + strings.Repeat("🌾", 63) + "…"},
		{"a\xffb", "a\uFFFDb"},
	}
	for _, test := range tests {
		if got := Clip(test.text); got != test.want {
			t.Errorf("%d bytes are clipped to %q, want %q", len(test.text), got, test.want)
		}
	}
}

// What strangers call an id or an IRI is read without harm.
func FuzzIDs(f *testing.F) {
	for _, text := range []string{"0194f3ab-7c00-7000-8000-00000000000a", "https://Farm.example?x", "HTTP://\xff", "http://[::1", "urn:x", "https://A@B:1/%"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if id, err := ParseID(text); err == nil && !strings.EqualFold(id.String(), text) {
			t.Errorf("%q is %s", text, id)
		}
		once := NormalIRI(text)
		if NormalIRI(once) != once || IDOf(text) != IDOf(once) {
			t.Errorf("%q is known as %q, and that as %q", text, once, NormalIRI(once))
		}
		if clipped := Clip(text); !utf8.ValidString(clipped) || utf8.RuneCountInString(clipped) > 65 {
			t.Errorf("%q is clipped to %q", text, clipped)
		}
	})
}
