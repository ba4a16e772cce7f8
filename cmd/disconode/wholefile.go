package main

import (
	"io"
	"os"
	"path/filepath"
)

// wholeFile has write write a file, which appears under its name when it is
// whole and is its owner's to read.
func wholeFile(name string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // where it did not get its name
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	return err
}
