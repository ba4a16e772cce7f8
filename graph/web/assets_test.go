package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"disconode/node"
)

// An asset is kept by browsers for ever, under a name that has its hash; it is
// compressed once, and served as what it is.
func TestAssets(t *testing.T) {
	b := onSQLite(t)
	s := b.stranger()
	if len(served) < 8 {
		t.Fatalf("only %d assets", len(served))
	}
	for file, a := range assets {
		path, err := assetPath(file)
		if err != nil || path != "/assets/"+a.name {
			t.Fatalf("%s, %v", path, err)
		}
		plain := s.answer(http.MethodGet, path, "")
		zipped := s.answer(http.MethodGet, path, "", "Accept-Encoding", "br, gzip;q=0.8")
		if plain.StatusCode != http.StatusOK || plain.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || plain.Header.Get("Content-Type") != a.kind ||
			plain.Header.Get("X-Content-Type-Options") != "nosniff" || plain.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %d %v", file, plain.StatusCode, plain.Header)
		}
		text, err := io.ReadAll(plain.Body)
		if err != nil || !bytes.Equal(text, a.text) {
			t.Errorf("%s is served as something else: %v", file, err)
		}
		unzip, err := gzip.NewReader(zipped.Body)
		if err != nil || zipped.Header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s is not compressed: %v", file, err)
		}
		if same, err := io.ReadAll(unzip); err != nil || !bytes.Equal(same, text) {
			t.Errorf("%s is compressed into something else: %v", file, err)
		}
		if bytes.Contains(text, []byte("sourceMappingURL")) {
			t.Errorf("%s sends browsers for a source map", file)
		}
	}
	if none := s.answer(http.MethodGet, "/assets/style.css", ""); none.StatusCode != http.StatusNotFound {
		t.Errorf("status %d without the hash", none.StatusCode)
	}
	if refusing := s.answer(http.MethodGet, "/sign-in", "", "Accept-Encoding", "gzip;q=0"); refusing.Header.Get("Content-Encoding") != "" {
		t.Error("a page is compressed for who does not want that")
	}
}

// SECURITY.md A27: no name leads out of the assets.
func TestA27AssetNames(t *testing.T) {
	b := onSQLite(t)
	for _, name := range []string{"../web.go", "..%2fweb.go", "%2e%2e/web.go", "..%5cweb.go", "/etc/passwd", "", ".", "static/style.css", "style.css%00.js", strings.Repeat("a", 4000)} {
		r := b.stranger().answer(http.MethodGet, "/assets/"+name, "")
		if r.StatusCode == http.StatusOK {
			t.Errorf("%.40s is served", name)
		}
	}
}

// SECURITY.md P03: the browser files of others are those that the manifest
// names, with their licences.
func TestP03Vendored(t *testing.T) {
	var manifest struct {
		Packages []struct {
			Name, Version, Licence, Integrity string
			Files                             []struct{ Name, SHA256 string }
		}
	}
	text, err := os.ReadFile("vendored/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{"manifest.json": true, "vendor.sh": true}
	for _, p := range manifest.Packages {
		if p.Version == "" || p.Licence == "" || !strings.HasPrefix(p.Integrity, "sha512-") {
			t.Errorf("%s: %+v", p.Name, p)
		}
		licensed := false
		for _, f := range p.Files {
			named[f.Name] = true
			content, err := os.ReadFile(filepath.Join("vendored", f.Name))
			if err != nil {
				t.Fatal(err)
			}
			if digest := sha256.Sum256(content); hex.EncodeToString(digest[:]) != f.SHA256 {
				t.Errorf("%s has been changed: run vendor.sh", f.Name)
			}
			licensed = licensed || strings.HasSuffix(f.Name, ".LICENSE")
		}
		if !licensed {
			t.Errorf("%s comes without its licence", p.Name)
		}
	}
	files, err := os.ReadDir("vendored")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !named[f.Name()] {
			t.Errorf("the manifest does not name %s", f.Name())
		}
	}
}

// No page asks for anything from elsewhere, and none holds a script or a style
// of its own: the policy would not let it.
func TestPagesHoldNothingInline(t *testing.T) {
	elsewhere := regexp.MustCompile(`(?i)\b(src|href|action|srcset|poster|data|formaction|content)="?(https?:)?//`)
	handler := regexp.MustCompile(`(?i)<[^>]*\s(on[a-z]+|style)\s*=`)
	check := func(name, text string) {
		if found := elsewhere.FindString(text); found != "" {
			t.Errorf("%s reaches out: %s", name, found)
		}
		if found := handler.FindString(text); found != "" {
			t.Errorf("%s has something inline: %s", name, found)
		}
		if strings.Contains(text, "<style") || regexp.MustCompile(`<script[^>]*>[^<]`).MatchString(text) {
			t.Errorf("%s has an inline style or script", name)
		}
	}
	files, err := templates.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := templates.ReadFile("templates/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		check(f.Name(), string(text))
	}
	b := onSQLite(t)
	ada := b.signedIn("Ada", node.Steward)
	check("the home page", ada.get("/").good().body)
}

// The first page, with all that it asks for, has at most 60 kB as sent.
func TestFirstPageIsSmall(t *testing.T) {
	b := onSQLite(t)
	address := regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)
	ada := guest{b.signedIn("Ada", node.Steward)}
	for path, who := range map[string]guest{"/sign-in": b.stranger(), "/": ada, "/log": ada} {
		size := 0
		sent := func(path string) []byte {
			r := who.answer(http.MethodGet, path, "", "Accept-Encoding", "gzip")
			body, err := io.ReadAll(r.Body)
			if err != nil || r.StatusCode != http.StatusOK {
				t.Fatalf("%s: %d, %v", path, r.StatusCode, err)
			}
			size += len(body)
			return body
		}
		sent(path)
		page := who.get(path).good().body
		for _, a := range address.FindAllStringSubmatch(page, -1) {
			sent(a[1])
		}
		if size > 60<<10 || size < 1000 {
			t.Errorf("%s has %d bytes", path, size)
		}
	}
}
