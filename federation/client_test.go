package federation

import (
	"context"
	"crypto/x509"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Nothing in the house talks to another host but through client.go.
func TestOneWayOut(t *testing.T) {
	ways := map[string][]string{
		"http": {"Client", "Transport", "DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm"},
		"net":  {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "LookupHost", "LookupIP", "LookupAddr", "LookupTXT", "LookupSRV", "LookupMX", "LookupCNAME", "LookupNS"},
		"tls":  {"Dial", "DialWithDialer", "Dialer"},
	}
	files := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && len(entry.Name()) > 2) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || path == filepath.Join("..", "federation", "client.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		files++
		ast.Inspect(file, func(n ast.Node) bool {
			if selector, ok := n.(*ast.SelectorExpr); ok {
				if of, ok := selector.X.(*ast.Ident); ok && slices.Contains(ways[of.Name], selector.Sel.Name) {
					t.Errorf("%s uses %s.%s: only federation/client.go goes out", path, of.Name, selector.Sel.Name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("only %d files were looked at", files)
	}
}

// What we ask for carries our name, both media types, a date and a signature; no
// cookie comes back, and no proxy of the environment is asked.
func TestWhatWeAskWith(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	p := newPeer(t)
	p.answers("/actor", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		fmt.Fprint(w, "{}")
	})
	c := newTestClientWith(t, clientOptions{AllowNet: loopback, Agent: "disconode/1 (+https://us.example)", Sign: &signer{KeyID: peerKeyID, Key: testKeys[0]()}})
	for range 2 {
		if _, err := c.get(t.Context(), p.URL+"/actor?page=1#fragment", acceptTypes, 0); err != nil {
			t.Fatal(err)
		}
	}
	r := p.requests[1]
	for name, want := range map[string]string{
		"User-Agent": "disconode/1 (+https://us.example)", "Accept": acceptTypes, "Accept-Encoding": "gzip",
		"Date": now.Format(http.TimeFormat), "Cookie": "", "Referer": "", "Digest": "",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	reader, err := newSignatures(p.URL, usualWindow, reach{opened: loopback})
	if err != nil {
		t.Fatal(err)
	}
	s, err := reader.parse(r, nil, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.verify(&testKeys[0]().PublicKey); err != nil {
		t.Error(err)
	}
}

// What we deliver is signed over its bytes, its host and its target, and verifies
// at the other end. The answer is the peer's, redirects too.
func TestDelivery(t *testing.T) {
	p := newPeer(t)
	reader, err := newSignatures(p.URL, usualWindow, reach{opened: loopback})
	if err != nil {
		t.Fatal(err)
	}
	p.answers("/inbox", func(w http.ResponseWriter, r *http.Request) {
		body, err := readRequest(w, r, requestBytesMax)
		if err == nil {
			var s *signed
			if s, err = reader.parse(r, body, now); err == nil {
				err = s.verify(&testKeys[0]().PublicKey)
			}
		}
		if err != nil || r.Header.Get("Content-Type") != activityType || string(body) != inboxBody {
			http.Error(w, fmt.Sprint(err), http.StatusUnauthorized)
			return
		}
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusAccepted)
	})
	p.answers("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/inbox", http.StatusPermanentRedirect)
	})
	p.answers("/talks", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, strings.Repeat("a", 1<<20)) })
	c := newTestClient(t)
	send := func(path string) *answer {
		t.Helper()
		a, err := c.post(t.Context(), p.URL+path, activityType, []byte(inboxBody), &signer{KeyID: peerKeyID, Key: testKeys[0]()})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := send("/inbox"); a.Status != http.StatusAccepted || a.Header.Get("Retry-After") != "7" {
		t.Errorf("%d: %s", a.Status, a.Body)
	}
	if a := send("/moved"); a.Status != http.StatusPermanentRedirect {
		t.Errorf("%d: a delivery was redirected", a.Status)
	}
	if a := send("/talks"); len(a.Body) != receiptBytesMax {
		t.Errorf("%d bytes of the answer are kept", len(a.Body))
	}
	if a := send("/none"); a.Status != http.StatusNotFound {
		t.Errorf("%d", a.Status)
	}
}

// A signature is never carried to another host, nor is https left for http.
func TestF02SignaturesStayWithTheirHost(t *testing.T) {
	asked, other := newPeer(t), newPeer(t)
	other.shows("/actor", activityType, "{}")
	asked.shows("/actor", activityType, "{}")
	asked.answers("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/actor", http.StatusFound)
	})
	asked.answers("/here", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/actor", http.StatusFound) })
	secure := httptest.NewTLSServer(http.RedirectHandler(other.URL+"/actor", http.StatusFound))
	t.Cleanup(secure.Close)
	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())
	c := newTestClientWith(t, clientOptions{AllowNet: loopback, Roots: roots, Sign: &signer{KeyID: peerKeyID, Key: testKeys[0]()}})

	for path, signed := range map[string]bool{"/away": false, "/here": true} {
		if _, err := c.get(t.Context(), asked.URL+path, acceptTypes, redirectsMax); err != nil {
			t.Fatal(err)
		}
		last := other
		if path == "/here" {
			last = asked
		}
		if got := last.requests[len(last.requests)-1].Header.Get("Signature") != ""; got != signed {
			t.Errorf("%s: signed %t", path, got)
		}
	}
	before := other.hits()
	_, err := c.get(t.Context(), secure.URL, acceptTypes, redirectsMax)
	refusedFor(t, err, redirectInsecure)
	if other.hits() != before {
		t.Error("https was left for http")
	}
}

// A certificate that nobody vouches for is no answer.
func TestCertificatesAreChecked(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	_, err := newTestClient(t).get(t.Context(), secure.URL, acceptTypes, 0)
	refusedFor(t, err, answerNone)
}

// A host of several addresses is asked at the first that may be asked and that
// answers.
func TestSeveralAddresses(t *testing.T) {
	p := newPeer(t)
	p.shows("/", activityType, "{}")
	port := p.URL[strings.LastIndexByte(p.URL, ':'):]
	c := newTestClientWith(t, clientOptions{AllowNet: loopback, Lookup: func(_ context.Context, host string) (all []netip.Addr, err error) {
		for _, text := range map[string][]string{"mixed.example": {"10.0.0.1", "64:ff9b::1", "127.0.0.1"}, "inside.example": {"10.0.0.1"}}[host] {
			all = append(all, netip.MustParseAddr(text))
		}
		return all, nil
	}})
	if _, err := c.get(t.Context(), "http://mixed.example"+port+"/", acceptTypes, 0); err != nil {
		t.Error(err)
	}
	for host, why := range map[string]reason{"inside.example": addressForbidden, "nowhere.example": addressUnknown} {
		_, err := c.get(t.Context(), "http://"+host+port+"/", acceptTypes, 0)
		refusedFor(t, err, why)
	}
}
