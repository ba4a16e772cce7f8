package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is a PostgreSQL server of a test's own, which it may stop and kill.
// It keeps its port, so the addresses it gave stay good after a Restart.
type Server struct {
	folder string              // holds the lock, the log and the data folder
	lock   *os.File            // held while this process lives; others remove what is not locked
	owner  *syscall.Credential // who runs the server; nil for ourselves
	port   int
	run    *exec.Cmd
	ended  chan struct{} // closed when run has ended
}

// StartServer starts a server for one test, and removes it when the test ends.
func StartServer(t testing.TB) *Server {
	t.Helper()
	s, err := start()
	if err != nil {
		t.Fatalf("PostgreSQL is needed: %v", err)
	}
	t.Cleanup(func() {
		if err := s.remove(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Database makes an empty database on the server and returns its address.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	dsn, err := create(s.address("postgres"), freshName(), "template0")
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// Pid is the process of the server, whose children serve its connections.
func (s *Server) Pid() int { return s.run.Process.Pid }

// Stop ends the server as an operator would, hanging up on its clients.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.end(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
}

// Kill ends the server with no warning (SIGKILL): the next start recovers from
// its write-ahead log.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	if err := s.end(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// Restart starts a server that was stopped or killed, on the same port.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	// After a kill its orphans hold the data folder for a moment more.
	var err error
	for range 100 {
		if err = s.launch(); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal(err)
}

// address is the URL of a database on the server.
func (s *Server) address(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

// start makes a data folder and starts a server on it.
func start() (*Server, error) {
	initdb, err := program("initdb")
	if err != nil {
		return nil, err
	}
	sweep()
	s := &Server{}
	if s.owner, err = runner(); err != nil {
		return nil, err
	}
	if s.folder, err = os.MkdirTemp("", folderPrefix); err != nil {
		return nil, err
	}
	if s.lock, err = lockFolder(s.folder); err == nil {
		err = s.hand(s.folder)
	}
	if err == nil {
		// Trust is for connections on this machine; no other address listens.
		err = s.succeed(command(initdb, "--pgdata="+s.data(), "--auth=trust", "--username=postgres",
			"--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions"))
	}
	for try := 0; err == nil && try < 10; try++ {
		if s.port, err = freePort(); err != nil {
			break
		}
		if err = s.launch(); err == nil {
			return s, nil
		}
		if try < 9 && strings.Contains(err.Error(), "could not bind") {
			err = nil // another took the port between our look and our start
		}
	}
	_ = s.remove()
	return nil, err
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }
func (s *Server) log() string  { return filepath.Join(s.folder, "log") }

// launch starts the server program and returns when it takes connections.
func (s *Server) launch() error {
	binary, err := program("postgres")
	if err != nil {
		return err
	}
	log, err := os.Create(s.log())
	if err != nil {
		return err
	}
	defer log.Close()
	run := command(binary, "-D", s.data(), "-p", strconv.Itoa(s.port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
		"-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "log_min_messages=warning")
	run.Stdout, run.Stderr = log, log
	run.SysProcAttr = s.attributes()
	dieWithUs(run.SysProcAttr)

	ended, begun := make(chan struct{}), make(chan error)
	go func() {
		// The wish to die with us is bound to the thread that starts the server,
		// so that thread lives as long as it does.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := run.Start()
		begun <- err
		if err == nil {
			_ = run.Wait() // how it ended stands in the log
		}
		close(ended)
	}()
	if err := <-begun; err != nil {
		return fmt.Errorf("start %s: %w", binary, err)
	}
	s.run, s.ended = run, ended
	return s.await()
}

// await returns when the server has written that it is ready.
func (s *Server) await() error {
	deadline := time.After(time.Minute)
	for {
		status, _ := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
		lines := strings.Split(string(status), "\n")
		if len(lines) > 7 && lines[0] == strconv.Itoa(s.run.Process.Pid) && strings.TrimSpace(lines[7]) == "ready" {
			return nil
		}
		select {
		case <-s.ended:
			log, _ := os.ReadFile(s.log())
			return fmt.Errorf("PostgreSQL did not start: %s", strings.TrimSpace(string(log)))
		case <-deadline:
			_ = s.end(syscall.SIGKILL)
			return errors.New("PostgreSQL was not ready within a minute")
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// end sends the server a signal and waits until it is gone.
func (s *Server) end(signal syscall.Signal) error {
	if s.run == nil {
		return nil
	}
	// One that has ended by itself cannot be signalled, and need not be.
	if err := s.run.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-s.ended:
		s.run = nil
		return nil
	case <-time.After(30 * time.Second):
		return errors.New("PostgreSQL did not end within 30 s")
	}
}

// remove ends the server at once and takes its folder away.
func (s *Server) remove() error {
	err := s.end(syscall.SIGQUIT)
	if s.folder != "" {
		err = errors.Join(err, os.RemoveAll(s.folder))
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

// hand gives a file to the user who runs the server.
func (s *Server) hand(name string) error {
	if s.owner == nil {
		return nil
	}
	return os.Chown(name, int(s.owner.Uid), int(s.owner.Gid))
}

// attributes make a program run as the owner of the data folder, and leave an
// interrupt at the terminal to us.
func (s *Server) attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Credential: s.owner}
}

// succeed runs a program as the owner; its words are the error's when it fails.
func (s *Server) succeed(run *exec.Cmd) error {
	run.SysProcAttr = s.attributes()
	if out, err := run.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(run.Path), err, strings.TrimSpace(string(out)))
	}
	return nil
}

// runner is the user who runs PostgreSQL, which refuses to run as root; nil when
// we are not root.
func runner() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as")
}

// freePort is a port on which nothing listens. It lies below the range from
// which systems give ports to outgoing connections, so that it is still free
// when a server that was killed starts again.
func freePort() (int, error) {
	for range 100 {
		port := 20000 + rand.IntN(12000)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return port, listener.Close()
		}
	}
	return 0, errors.New("no free port between 20000 and 32000 on 127.0.0.1")
}
