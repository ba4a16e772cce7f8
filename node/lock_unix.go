//go:build unix

package node

import (
	"fmt"
	"os"
	"syscall"
)

// lockFile is held by the one process that serves a SQLite file. The system
// lets it go when the process ends, however it ends.
type lockFile struct{ file *os.File }

func takeLock(path string) (*lockFile, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the lock of the data folder: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		return nil, ErrServed
	}
	return &lockFile{file}, nil
}

func (l *lockFile) release() { l.file.Close() }
