package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The house stands as README draws it: who may call whom, which library lives
// where, what lies at the top, and that each room is described.

// top is the folder of the whole project.
const top = "../.."

// listed is a package as `go list` reports it.
type listed struct {
	ImportPath, Dir, Name, Doc string
	GoFiles, Imports           []string
	TestImports, XTestImports  []string
}

// room is the package's folder, such as node/store.
func (p listed) room() string { return strings.TrimPrefix(p.ImportPath, "disconode/") }

// packages are all of ours.
func packages(t *testing.T) []listed {
	t.Helper()
	list := exec.Command("go", "list", "-json", "./...")
	list.Dir = top
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// within tells whether a package stands in a room or under it.
func within(pkg, room string) bool { return pkg == room || strings.HasPrefix(pkg, room+"/") }

// arrow is a room and those that it may import.
type arrow struct {
	room string
	may  []string
}

// arrows are the rooms that a room may import. A room may import its own
// sub-rooms only where they are listed; the first row that fits is the one.
var arrows = []arrow{
	{"cmd", []string{"graph", "federation", "node", "valueflows"}},
	{"graph", []string{"graph", "node", "valueflows"}},
	{"federation", []string{"federation", "node", "valueflows"}},
	{"node/store/storetest", nil},
	{"node/store", []string{"valueflows"}},
	{"node", []string{"node/store", "valueflows"}},
	{"valueflows", []string{"valueflows"}},
}

// closed are rooms that few others open, and tests.
var closed = map[string][]string{
	"node/store":           {"node", "node/nodetest"},
	"graph/generated":      {"graph"},
	"node/store/storetest": {"node/nodetest"},
	"node/nodetest":        nil,
}

func TestImportArrows(t *testing.T) {
	for _, p := range packages(t) {
		row := slices.IndexFunc(arrows, func(a arrow) bool { return within(p.room(), a.room) })
		if row < 0 {
			t.Errorf("%s stands in no room of the drawing", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			room, ours := strings.CutPrefix(imported, "disconode/")
			if !ours {
				continue
			}
			if !slices.ContainsFunc(arrows[row].may, func(may string) bool { return within(room, may) }) {
				t.Errorf("%s imports %s: no arrow leads there", p.room(), room)
			}
			if openers, ok := closed[room]; ok && !slices.Contains(openers, p.room()) {
				t.Errorf("%s imports %s, which only %q may", p.room(), room, openers)
			}
		}
	}
}

// homes names for each library the one room that imports it, in tests too.
var homes = map[string]string{
	"github.com/jmoiron/sqlx":     "node/store",
	"github.com/lib/pq":           "node/store",
	"modernc.org/sqlite":          "node/store",
	"github.com/pressly/goose":    "node/store",
	"github.com/99designs/gqlgen": "graph",
	"github.com/vektah/gqlparser": "graph",
	"github.com/alecthomas/kong":  "cmd",
	"github.com/go-fed/activity":  "federation",
	"github.com/go-fed/httpsig":   "federation",
	"github.com/dunglas/httpsfv":  "federation",
}

func TestOnePlaceForEachLibrary(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			for library, home := range homes {
				if within(imported, library) && !within(p.room(), home) {
					t.Errorf("%s imports %s, which lives in %s", p.room(), imported, home)
				}
			}
		}
	}
}

// Meaning has no SQL, no HTTP, no files, no randomness and no clock.
func TestMeaningIsPure(t *testing.T) {
	outside := []string{"database/sql", "database/sql/driver", "net", "net/http", "os", "io/ioutil", "math/rand", "math/rand/v2", "crypto/rand"}
	for _, p := range packages(t) {
		if !within(p.room(), "valueflows") {
			continue
		}
		for _, imported := range p.Imports {
			if slices.Contains(outside, imported) {
				t.Errorf("%s imports %s", p.room(), imported)
			}
		}
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				selector, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if of, ok := selector.X.(*ast.Ident); ok && of.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, selector.Sel.Name) {
					t.Errorf("%s/%s reads the clock", p.room(), name)
				}
				return true
			})
		}
	}
}

// Nothing lies at the top but what a visitor looks for there.
func TestTopLevel(t *testing.T) {
	usual := []string{".ci", ".git", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "FEDERATION.md",
		"LICENSE", "Makefile", "README.md", "cmd", "docs", "federation", "go.mod", "go.sum", "graph",
		"node", "schema.graphqls", "valueflows"}
	made := regexp.MustCompile(`^(bin|data|.*\.test|.*\.prof)$`) // git leaves them out
	found, err := os.ReadDir(top)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if !slices.Contains(usual, f.Name()) && !made.MatchString(f.Name()) {
			t.Errorf("%s lies at the top", f.Name())
		}
	}
}

// Each package says what it is for, in its comment and in CONTRIBUTING.md.
func TestEachPackageIsDescribed(t *testing.T) {
	contributing := text(t, "CONTRIBUTING.md")
	for _, p := range packages(t) {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.room())
		}
		if !strings.Contains(contributing, "\n- `"+p.room()+"`: ") {
			t.Errorf("CONTRIBUTING.md has no line that begins - `%s`:", p.room())
		}
	}
}

// Each module that we require ourselves has its reason in docs/DEPENDENCIES.md.
func TestEachDependencyHasItsReason(t *testing.T) {
	edit := exec.Command("go", "mod", "edit", "-json")
	edit.Dir = top
	out, err := edit.Output()
	if err != nil {
		t.Fatal(err)
	}
	var module struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Tool []struct{ Path string }
	}
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	reasons := text(t, "docs/DEPENDENCIES.md")
	for _, r := range module.Require {
		tool := slices.ContainsFunc(module.Tool, func(tool struct{ Path string }) bool { return within(tool.Path, r.Path) })
		if (!r.Indirect || tool) && !strings.Contains(reasons, "| `"+r.Path+"` |") {
			t.Errorf("docs/DEPENDENCIES.md has no row for %s", r.Path)
		}
	}
}

// Each code that an error can have is explained in docs/API.md.
func TestEachCodeIsExplained(t *testing.T) {
	manual := text(t, "docs/API.md")
	code := regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`)
	say := []string{"Invalid", "refuse", "failure", "stop"}
	found := 0
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				var said []ast.Expr
				switch n := n.(type) {
				case *ast.CallExpr:
					switch f := n.Fun.(type) {
					case *ast.Ident:
						if slices.Contains(say, f.Name) {
							said = n.Args
						}
					case *ast.SelectorExpr:
						if slices.Contains(say, f.Sel.Name) {
							said = n.Args
						}
					}
				case *ast.KeyValueExpr:
					if key, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(key.Name, "code") {
						said = []ast.Expr{n.Value}
					}
				}
				for _, e := range said {
					literal, ok := e.(*ast.BasicLit)
					if !ok || !code.MatchString(strings.Trim(literal.Value, `"`)) {
						continue
					}
					found++
					if c := strings.Trim(literal.Value, `"`); !strings.Contains(manual, "`"+c+"`") {
						t.Errorf("docs/API.md does not explain %s, of %s/%s", c, p.room(), name)
					}
				}
				return true
			})
		}
	}
	if found < 50 {
		t.Errorf("only %d codes found: errors are made in another way than this test knows", found)
	}
}

// The README gives the two commands that are all one needs.
func TestReadmeShowsTheTwoCommands(t *testing.T) {
	readme := text(t, "README.md")
	for _, command := range []string{"\nmake run\n", "\nmake test\n"} {
		if !strings.Contains(readme, command) {
			t.Errorf("README.md does not show %s", strings.TrimSpace(command))
		}
	}
}

// text is a file of the project.
func text(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
