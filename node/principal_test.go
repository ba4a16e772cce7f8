package node

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// SECURITY.md A15: whoever steals the books has no token: they hold hashes only.
func TestA15TokensAreHashes(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		_, token := b.as("Bea", Member)
		stolen := b.everything()
		if !bytes.Contains(stolen, []byte("America/Chicago")) {
			t.Fatal("the test does not read the books")
		}
		for _, secret := range []string{token, token[len(tokenPrefix):]} {
			if bytes.Contains(stolen, []byte(secret)) {
				t.Error("the books hold a token")
			}
		}
		for _, wrong := range []string{"", "Bearer", tokenPrefix, token[:len(token)-1], token + "A", token[len(tokenPrefix):]} {
			if _, err := b.node.Authenticate(t.Context(), wrong); !errors.Is(err, ErrUnauthenticated) {
				t.Errorf("%d characters of a token: %v", len(wrong), err)
			}
		}
	})
}

// everything is all that the database holds: the files of SQLite, or each
// column of each row of PostgreSQL.
func (b *books) everything() []byte {
	b.t.Helper()
	var all []byte
	if b.dsn == "" {
		files, err := filepath.Glob(filepath.Join(b.dir, "*"))
		if err != nil {
			b.t.Fatal(err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				b.t.Fatal(err)
			}
			all = append(all, content...)
		}
		return all
	}
	db, err := sql.Open("postgres", b.dsn)
	if err != nil {
		b.t.Fatal(err)
	}
	defer db.Close()
	tables, err := db.Query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
	if err != nil {
		b.t.Fatal(err)
	}
	var names []string
	for tables.Next() {
		var name string
		if err := tables.Scan(&name); err != nil {
			b.t.Fatal(err)
		}
		names = append(names, name)
	}
	tables.Close()
	for _, name := range names {
		rows, err := db.Query(`SELECT * FROM "` + name + `"`)
		if err != nil {
			b.t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			b.t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				b.t.Fatal(err)
			}
			for _, v := range values {
				if text, ok := v.([]byte); ok {
					all = append(all, text...)
				} else {
					all = fmt.Append(all, v)
				}
			}
		}
		rows.Close()
	}
	return all
}
