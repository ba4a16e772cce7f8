package storetest

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// folderPrefix begins the names of the servers' folders.
const folderPrefix = "disconode-pg-"

// lockFolder makes a new folder's lock file, held for as long as this process
// lives. The file has its name only once it is locked.
func lockFolder(folder string) (*os.File, error) {
	name := filepath.Join(folder, "lock")
	f, err := os.OpenFile(name+".new", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(hold(f), os.Rename(f.Name(), name)); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// hold locks a file, or fails at once when another process holds it.
func hold(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }

// sweep removes the folders of test binaries that were killed, whose servers
// died with them. A folder without a lock file is just being made.
func sweep() {
	locks, _ := filepath.Glob(filepath.Join(os.TempDir(), folderPrefix+"*", "lock"))
	for _, name := range locks {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		if hold(f) == nil {
			_ = os.RemoveAll(filepath.Dir(name)) // another may be removing it too
		}
		_ = f.Close()
	}
}
