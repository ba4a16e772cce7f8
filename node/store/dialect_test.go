package store

import (
	"strings"
	"testing"
)

// SECURITY.md S27: an old SQLite library is refused.
func TestS27OldSQLite(t *testing.T) {
	for version, ok := range map[string]bool{
		"3.51.3": true, "3.51.4": true, "3.52.0": true, "4.0.0": true, "3.51.2": false, "3.50.9": false, "3.8.11.1": false, "2.8.17": false, "": false,
	} {
		if err := checkSQLite(version); (err == nil) != ok {
			t.Errorf("SQLite %q: %v", version, err)
		}
	}
}

// SECURITY.md S27: no books are opened with an old SQLite library.
func TestS27OpensWithNoOldSQLite(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	least := leastSQLite
	defer func() { leastSQLite = least }()
	leastSQLite = [3]int{99, 0, 0}
	if s, err := Open(t.Context(), Config{Dir: dir}); err == nil || !strings.Contains(err.Error(), "at least 99.0.0 is needed") {
		if err == nil {
			s.Close()
		}
		t.Errorf("with an old library: %v", err)
	}
}
