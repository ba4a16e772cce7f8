package storetest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// program finds one of PostgreSQL's programs: on the path, else the newest in
// the folders where distributions keep those that only a server needs.
func program(name string) (string, error) {
	best, newest := "", -1
	if name != "psql" { // a psql serves servers of any version
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
		for _, file := range found {
			version, err := strconv.Atoi(strings.Split(file, "/")[4])
			if err == nil && version > newest {
				best, newest = file, version
			}
		}
		if best != "" {
			return best, nil
		}
	}
	if file, err := exec.LookPath(name); err == nil {
		return file, nil
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/", "/usr/pgsql-*/bin/", "/opt/homebrew/opt/postgresql*/bin/", "/usr/local/opt/postgresql*/bin/", "/usr/libexec/postgresql*/"} {
		if found, _ := filepath.Glob(pattern + name); len(found) > 0 {
			return found[len(found)-1], nil
		}
	}
	return "", fmt.Errorf("%s is not on this machine: install PostgreSQL 14 or later (on Debian and Ubuntu: apt-get install postgresql), or set TEST_POSTGRES to a server where databases can be created", name)
}

// command is a program run in a folder that any user may enter, in plain
// English, and with none of the caller's PostgreSQL settings that say where.
func command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = "/"
	for _, setting := range os.Environ() {
		where := strings.HasPrefix(setting, "PG") && !strings.HasPrefix(setting, "PGPASS") && !strings.HasPrefix(setting, "PGSSL")
		if !where && !strings.HasPrefix(setting, "LC_") {
			c.Env = append(c.Env, setting)
		}
	}
	c.Env = append(c.Env, "LC_ALL=C", "PGCONNECT_TIMEOUT=20")
	return c
}
