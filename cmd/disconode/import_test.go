package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"disconode/node/store/storetest"
)

// written puts a file into a folder of the test's.
func written(t testing.TB, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const sheetHeader = "date,person,hours,what,project,note\n"

// A sheet is read while the books are served: what is wrong comes back in a file
// beside its rows, which is read as it is once it is corrected.
func TestImportSheetWhileServing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p, token := fresh(t, dsn)
		s := p.serve(t)
		hours := written(t, "hours.csv", strings.ReplaceAll(sheetHeader, ",", ";")+"2026-05-01;Nia;2,5;Weeding;Beds;=early\n2026-05-02;Nina;1;Weeding;Beds;\n")
		errors := filepath.Join(t.TempDir(), "hours.errors.csv")
		args := []string{"import", hours, "--lab", "farm", "--decimal", "comma", "--create", "kinds", "--create", "processes", "--stream", "love", "--errors", errors}

		out, errs, code := p.run(t, append(args, "--dry-run")...)
		if code != 1 || !strings.Contains(out, `hours.csv row 3, column person: no agent is called "Nina": is one of these meant: "Nia"?`) || !strings.Contains(errs, "nothing was recorded") {
			t.Fatalf("exit %d: %s%s", code, out, errs)
		}
		text, err := os.ReadFile(errors)
		want := "\ufeffrow;error;date;person;hours;what;project;note\n2;;2026-05-01;Nia;2,5;Weeding;Beds;=early\n3;\"person: no agent is called "
		if err != nil || !strings.HasPrefix(string(text), want) || !strings.HasSuffix(string(text), ";2026-05-02;Nina;1;Weeding;Beds;\n") {
			t.Fatalf("%s, %v", text, err)
		}
		if file, err := os.Stat(errors); err != nil || file.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", file, err)
		}
		if err := os.WriteFile(errors, bytes.ReplaceAll(text, []byte(";Nina;"), []byte(";Nia;")), 0o600); err != nil {
			t.Fatal(err)
		}
		args[1] = errors
		out = p.must(t, args...)
		for _, says := range []string{`creates the process "Beds"`, "read 2: new 2, unchanged 0; differences 0; created 2", "rows a second"} {
			if !strings.Contains(out, says) {
				t.Errorf("no %q in %s", says, out)
			}
		}
		if out = p.must(t, args...); !strings.Contains(out, "new 0, unchanged 2; differences 0; created 0") {
			t.Error(out)
		}
		var answer struct {
			EconomicEvents struct {
				Edges []struct {
					Node struct {
						Note           string
						EffortQuantity struct{ HasNumericalValue string }
					}
				}
			}
		}
		if err := s.ask(token, "", `{ economicEvents(first: 10) { edges { node { note effortQuantity { hasNumericalValue } } } } }`, nil, &answer); err != nil {
			t.Fatal(err)
		}
		if e := answer.EconomicEvents.Edges; len(e) != 2 || e[0].Node.Note != "=early" || e[0].Node.EffortQuantity.HasNumericalValue != "2.5" {
			t.Errorf("%+v", e)
		}
		p.clean(t)
	})
}

// SECURITY.md D09: an import that is killed leaves nothing behind, and succeeds when
// it is run again.
func TestD09KilledImport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		p, _ := fresh(t, dsn)
		var rows strings.Builder
		rows.WriteString(sheetHeader)
		const many = 5000
		for row := range many {
			fmt.Fprintf(&rows, "2026-05-%02d,Nia,1,,,row %d\n", 1+row%28, row)
		}
		sheet := written(t, "hours.csv", rows.String())
		begun := time.Now()
		p.must(t, "import", sheet, "--lab", "farm", "--dry-run")
		took := time.Since(begun)
		for _, part := range []time.Duration{10, 4, 2} {
			run := p.command(t, "import", sheet, "--lab", "farm")
			if err := run.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(took / part)
			if err := run.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := run.Wait(); err == nil {
				t.Fatal("the import was done before it was killed")
			}
		}
		out := p.must(t, "import", sheet, "--lab", "farm")
		if want := fmt.Sprintf("read %d: new %d, unchanged 0;", many, many); !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
		p.clean(t)
	})
}

// The forms of sheets are printed without any books, and what is wrong with the
// flags is said before these are opened.
func TestImportFlags(t *testing.T) {
	file := written(t, "hours.csv", sheetHeader)
	empty := place{t.TempDir(), ""}
	tests := []struct {
		args string
		code int
		says string
	}{
		{"--template timesheet", 0, "date,person,hours,what,project,note,stream\n"},
		{"--schema native", 0, `"name": "external_id"`},
		{"--schema abacus", 1, "choose one of native, timesheet, clockify, toggl"},
		{file, 2, "missing flags: --lab=SLUG"},
		{"--lab farm", 2, `expected "<file> ..."`},
		{file + " --lab farm --decimal dot", 2, "--decimal must be one of"},
		{file + " --lab farm --dates ymd", 2, "--dates must be one of"},
		{file + " --lab farm --create ghosts", 2, "--create must be one of"},
		{file + " --lab farm --stream money", 2, "choose livelihood, love, care or carePeople"},
		{file + " --lab farm --stream-tag care", 2, "write it as Care=care"},
		{file + " --lab farm", 1, "there are no books"},
	}
	for _, test := range tests {
		out, errs, code := empty.run(t, append([]string{"import"}, strings.Fields(test.args)...)...)
		if code != test.code || !strings.Contains(out+errs, test.says) {
			t.Errorf("%s: exit %d, want %d and %q: %s%s", test.args, code, test.code, test.says, out, errs)
		}
	}
}

// What cannot be taken apart is told with its row, without a file beside it.
func TestImportSheetThatBreaks(t *testing.T) {
	p, _ := fresh(t, "")
	folder := t.TempDir()
	for _, test := range []struct{ content, says string }{
		{sheetHeader + "2026-05-01,Nia,1,,,\n2026-05-01,\"Nia,1,,,\n", "hours.csv row 3: a quote that opens in this row is never closed"},
		{sheetHeader + "2026-05-01,Ni\xe9,1,,,\n", "hours.csv row 2: it is not written in UTF-8"},
		{"date,what\n", "hours.csv row 1: the first row is no header of a form"},
		{"", "hours.csv row 1: the file is empty"},
	} {
		errors := filepath.Join(folder, "wrong.csv")
		out, errs, code := p.run(t, "import", written(t, "hours.csv", test.content), "--lab", "farm", "--errors", errors)
		if code != 1 || !strings.Contains(out, test.says) || !strings.Contains(errs, "nothing was recorded") {
			t.Errorf("exit %d, want %q: %s%s", code, test.says, out, errs)
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("%v is left behind, %v", left, err)
		}
	}
	p.clean(t)
}
