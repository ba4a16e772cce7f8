package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed static vendored/*.js vendored/*.css
var static embed.FS

// asset is a file that browsers keep: its name has its content's hash, so that
// another content has another name.
type asset struct {
	name string // such as style.0f1e2d3c4b5a6978.css
	kind string
	text []byte
	zip  func() []byte // gzipped, once
}

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// assets are known by the file's own name, and served under the one with the hash.
var assets, served = readAssets()

func readAssets() (byFile, byName map[string]*asset) {
	byFile, byName = map[string]*asset{}, map[string]*asset{}
	err := fs.WalkDir(static, ".", func(name string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		text, err := static.ReadFile(name)
		if err != nil {
			return err
		}
		ending := path.Ext(name)
		if kinds[ending] == "" {
			return errors.New("no media type is known for " + name)
		}
		digest := sha256.Sum256(text)
		file := path.Base(name)
		a := &asset{name: strings.TrimSuffix(file, ending) + "." + hex.EncodeToString(digest[:8]) + ending, kind: kinds[ending], text: text}
		a.zip = sync.OnceValue(func() []byte { return zipped(text, gzip.BestCompression) })
		byFile[file], byName[a.name] = a, a
		return nil
	})
	if err != nil {
		panic(err) // an embedded file
	}
	return byFile, byName
}

// assetPath is where an asset is served.
func assetPath(file string) (string, error) {
	if a, ok := assets[file]; ok {
		return "/assets/" + a.name, nil
	}
	return "", errors.New("there is no asset " + file)
}

// assetLasts is how long a browser keeps an asset: for ever, as browsers count.
const assetLasts = 365 * 24 * time.Hour

// serveAsset answers with an asset. Only the names that are known lead anywhere.
func (s *site) serveAsset(w http.ResponseWriter, r *http.Request) {
	a, ok := served[r.PathValue("name")]
	if !ok {
		s.lost(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age="+strconv.Itoa(int(assetLasts/time.Second))+", immutable")
	h.Set("Vary", "Accept-Encoding")
	text := a.text
	if takesZip(r) {
		text = a.zip()
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(text)))
	_, _ = w.Write(text) // a client that is gone misses it
}

// sendZipped answers with a page, gzipped where the browser takes that.
func sendZipped(w http.ResponseWriter, r *http.Request, status int, text []byte) {
	w.Header().Add("Vary", "Accept-Encoding")
	if takesZip(r) && len(text) > 1000 {
		text = zipped(text, gzip.DefaultCompression)
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(status)
	_, _ = w.Write(text) // a client that is gone misses it
}

// takesZip tells whether a client says that it reads gzip.
func takesZip(r *http.Request) bool {
	for _, coding := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			q, weighed := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
			value, err := strconv.ParseFloat(q, 64)
			return !weighed || err == nil && value > 0
		}
	}
	return false
}

func zipped(text []byte, level int) []byte {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, level)
	if err != nil {
		panic(err) // no such level
	}
	_, _ = z.Write(text) // a buffer takes all
	_ = z.Close()
	return out.Bytes()
}
