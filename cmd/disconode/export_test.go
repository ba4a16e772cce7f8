package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"disconode/node/store/storetest"
)

// exported is what the export of the books says.
func (p place) exported(t *testing.T, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "books.jsonl")
	said := p.must(t, append([]string{"export", "--to", file}, args...)...)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 || !strings.Contains(said, " lines.") {
		t.Errorf("%v, %v: %s", info, err, said)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if out := p.must(t, append([]string{"export"}, args...)...); out != string(text) {
		t.Error("standard output and the file differ")
	}
	return string(text)
}

// elsewhere are empty books of another node, on the same kind of database.
func (p place) elsewhere(t *testing.T) place {
	t.Helper()
	other := place{data: t.TempDir()}
	if p.database != "" {
		other.database = storetest.Postgres(t)
	}
	other.must(t, "init", "--base-url", "https://other.test", "--lab", "Other", "--slug", "other", "--zone", "Asia/Kolkata", "--steward", "Zoe")
	return other
}

// SECURITY.md D14: the demo's books go out while the demo serves, into another
// node, and out again as the same bytes.
func TestD14RoundTripOfTheDemo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		d := newDemoed(t, dsn)
		d.open(t)
		for i, p := range d.books {
			text := p.exported(t)
			if lines := strings.Count(text, "\n"); lines < 20 {
				t.Errorf("%d: the books have %d lines", i, lines)
			}
			file := filepath.Join(t.TempDir(), "books.jsonl")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			other := p.elsewhere(t)
			said := other.must(t, "import", file, "--lab", "other")
			if !strings.Contains(said, "mismatches 0; differences 0") {
				t.Errorf("%d: %s", i, said)
			}
			if again := other.exported(t); again != text {
				t.Errorf("%d: the books came out otherwise", i)
			}
			if said := other.must(t, "import", file, "--lab", "other"); !strings.Contains(said, ": new 0, ") {
				t.Errorf("%d: the second time: %s", i, said)
			}
			other.clean(t)
		}
	})
}

// Books of several LABs are exported one by one; and a file that cannot be
// written leaves nothing behind.
func TestExportCommand(t *testing.T) {
	p, _ := fresh(t, "")
	p.must(t, "lab", "add", "--lab", "Print Shop", "--slug", "print", "--zone", "UTC", "--steward", "Eve")
	folder := t.TempDir()
	for _, tt := range []struct {
		line string
		says string
	}{
		{"export", "say which one with --lab: farm, print"},
		{"export --lab barn", `no LAB with the slug "barn"`},
		{"export --lab farm --to " + filepath.Join(folder, "none", "books.jsonl"), "none"},
		{"export --lab farm --to " + folder, folder},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), append(strings.Fields(tt.line), "--data", p.data), &out, &errs); code != 1 || !strings.Contains(errs.String(), tt.says) || out.Len() > 0 {
			t.Errorf("%s: exit %d: %s%s", tt.line, code, out.String(), errs.String())
		}
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(folder), "."+filepath.Base(folder)+"-*")); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	if text := p.exported(t, "--lab", "print"); strings.Count(text, "\n") != 2 {
		t.Errorf("books with nothing in them: %s", text)
	}
}
