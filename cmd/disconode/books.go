package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"disconode/node"
	"disconode/valueflows"
)

// books are the flags that say which books a command works on.
type books struct {
	Data     string `help:"Folder of the node's files." default:"./data" placeholder:"DIR"`
	Database string `help:"postgres://… to keep the books in PostgreSQL; left out, they are in SQLite in the data folder." placeholder:"URL"`
}

// open opens the books as the operator: who may reach the files may do anything.
// Only a command that says where the node is reached makes new ones.
func (b books) open(ctx context.Context, baseURL string, log *slog.Logger) (context.Context, *node.Node, error) {
	if b.Database == "" && baseURL == "" {
		if _, err := os.Stat(filepath.Join(b.Data, "node.sqlite")); err != nil {
			return ctx, nil, noBooks(b.Data)
		}
	}
	n, err := node.Open(ctx, node.Options{DataDir: b.Data, Database: b.Database, BaseURL: baseURL, Log: log})
	if err != nil {
		return ctx, nil, err
	}
	return node.AsOperator(ctx, valueflows.ID{}), n, nil
}

// noBooks says that a folder has no books.
type noBooks string

func (folder noBooks) Error() string {
	return fmt.Sprintf("there are no books in %s: make them with disconode init", string(folder))
}

// Is has no books count as new ones.
func (noBooks) Is(target error) bool { return target == node.ErrNew }
