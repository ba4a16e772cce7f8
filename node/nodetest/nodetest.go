// Package nodetest gives the tests of a package books to begin with: nobody's
// yet, but with every table, so that not each test makes them anew.
package nodetest

import (
	"context"
	"testing"

	"disconode/node/store"
	"disconode/node/store/storetest"
)

// Main is [storetest.Main] for tests that begin with new books.
func Main(m *testing.M, after ...func()) { storetest.Main(m, fill, after...) }

func fill(dir, dsn string) error {
	s, err := store.Open(context.Background(), store.Config{Dir: dir, Database: dsn})
	if err != nil {
		return err
	}
	return s.Close()
}
