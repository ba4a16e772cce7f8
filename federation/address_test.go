package federation

import (
	"net/url"
	"strings"
	"testing"
)

// Each address is compared by one spelling of its host (F06), and what only some
// parsers take for a host is none (F01).
func TestAddressHasOneSpelling(t *testing.T) {
	tests := []struct{ written, read string }{
		{"https://books.example/labs/farms", "https://books.example/labs/farms"},
		{"https://BOOKS.Example/labs/farms", "https://books.example/labs/farms"},
		{"https://books.example./", "https://books.example/"},
		{"https://books.example:443/", "https://books.example/"},
		{"http://books.example:80/", "http://books.example/"},
		{"https://books.example:0443/", "https://books.example/"},
		{"https://books.example:8443/", "https://books.example:8443/"},
		{"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"},
		{"https://192.0.2.1/", "https://192.0.2.1/"},
		{"https://[2001:DB8::1]/", "https://[2001:db8::1]/"},
		{"https://[::ffff:10.0.0.1]/", "https://10.0.0.1/"},

		{"https://2130706433/", ""},       // decimal
		{"https://017700000001/", ""},     // octal
		{"https://0x7f000001/", ""},       // hexadecimal
		{"https://0x7f.0.0.1/", ""},       //
		{"https://0177.0.0.1/", ""},       //
		{"https://127.1/", ""},            // two parts
		{"https://127.0.0.1.0x/", ""},     //
		{"https://[fe80::1%25eth0]/", ""}, // a zone
		{"https://[127.0.0.1]/", ""},
		{"https://user@books.example/", ""},
		{"https://books.example@evil.example/", ""},
		{"https://books.example\\@evil.example/", ""},
		{"https://books.example#@evil.example/", "https://books.example#@evil.example/"}, // a fragment
		{"https://bücher.example/", ""},
		{"https://books。example/", ""},
		{"https://books..example/", ""},
		{"https://-books.example/", ""},
		{"https://%62ooks.example/", ""},
		{"https://books.example:0/", ""},
		{"https://books.example:65536/", ""},
		{"https://books.example:x/", ""},
		{"https:///labs", ""},
		{"https:books.example", ""},
		{"//books.example/", ""},
		{"ftp://books.example/", ""},
		{"file:///etc/passwd", ""},
		{"data:text/plain,x", ""},
		{"javascript:alert(1)", ""},
		{"https://books.example/a b", ""},
		{" https://books.example/", ""},
		{"https://books.example/\n", ""},
		{"", ""},
		{"https://books.example/" + strings.Repeat("a", 1000), ""},
	}
	for _, test := range tests {
		u, err := parseAddress(test.written)
		if test.read == "" {
			if err == nil {
				t.Errorf("%q is read as %q", test.written, u)
			}
			continue
		}
		if err != nil || u.String() != test.read {
			t.Errorf("%q is read as %v (%v), not as %q", test.written, u, err, test.read)
		}
	}
}

func TestSameOrigin(t *testing.T) {
	tests := []struct {
		a, b string
		same bool
	}{
		{"https://a.example/x", "https://A.example:443/y", true},
		{"https://a.example/x", "http://a.example/x", false},
		{"https://a.example/x", "https://a.example:8443/x", false},
		{"https://a.example/x", "https://b.a.example/x", false},
		{"https://a.example/x", "", false},
		{"", "", false},
	}
	for _, test := range tests {
		if sameOrigin(test.a, test.b) != test.same {
			t.Errorf("%s and %s: want %t", test.a, test.b, test.same)
		}
	}
}

// A host that is read has one spelling: it reads as itself, and no parser finds
// another host in it.
func FuzzHost(f *testing.F) {
	for _, seed := range []string{"books.example", "BOOKS.example.:0443", "[::1]:80", "0x7f.1", "127.0.0.1", "xn--a", "a:b:c", "[", "]", "[::ffff:1.2.3.4]", ".", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		once, err := normalHost(host, "https")
		if err != nil {
			return
		}
		twice, err := normalHost(once, "https")
		if err != nil || twice != once {
			t.Fatalf("%q is read as %q, and that as %q (%v)", host, once, twice, err)
		}
		u, err := url.Parse("https://" + once + "/")
		if err != nil || u.Host != once || u.User != nil {
			t.Fatalf("%q is no host of an address: %v", once, err)
		}
	})
}
