//go:build interop

package interop

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// process is a program that runs beside the test, and ends with it.
type process struct {
	run  *exec.Cmd
	said *words
}

// words is what a process has said so far, on both its outputs.
type words struct {
	sync.Mutex
	text bytes.Buffer
}

func (w *words) Write(p []byte) (int, error) {
	w.Lock()
	defer w.Unlock()
	return w.text.Write(p)
}

func (w *words) String() string {
	w.Lock()
	defer w.Unlock()
	return w.text.String()
}

// start starts a program, and returns when it prints a line that begins with sign.
func start(t testing.TB, run *exec.Cmd, sign string) *process {
	t.Helper()
	p := &process{run: run, said: &words{}}
	run.Stderr = p.said
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := run.StdinPipe() // its end tells the peer that the test is over, however it ended
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	ready, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		waiting := true
		for lines := bufio.NewScanner(out); lines.Scan(); {
			fmt.Fprintln(p.said, lines.Text())
			if waiting && strings.HasPrefix(lines.Text(), sign) {
				waiting = false
				close(ready)
			}
		}
		run.Wait()
	}()
	t.Cleanup(func() {
		in.Close()
		run.Process.Kill()
		<-ended
		if t.Failed() {
			t.Logf("%s said:\n%s", filepath.Base(run.Path), p.said)
		}
	})
	select {
	case <-ready:
	case <-ended:
		t.Fatalf("%s ended: %s", run.Path, p.said)
	case <-time.After(60 * time.Second):
		t.Fatalf("%s did not answer: %s", run.Path, p.said)
	}
	return p
}

// busy is how long the process has kept a processor busy so far.
func (p *process) busy(t testing.TB) time.Duration {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.run.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, fields, _ := strings.Cut(string(stat), ") ") // what stands before may hold spaces
	var ticks int
	for _, field := range strings.Fields(fields)[11:13] { // utime and stime
		n, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond // Linux counts in hundredths of a second
}

// freeAddress is an address on loopback where nobody listens.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// program is the disconode binary, built once.
var program = sync.OnceValues(func() (string, error) {
	file := filepath.Join(programFolder, "disconode")
	if out, err := exec.Command("go", "build", "-o", file, "disconode/cmd/disconode").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return file, nil
})

var programFolder string

func TestMain(m *testing.M) {
	var err error
	if programFolder, err = os.MkdirTemp("", "disconode-interop-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := os.RemoveAll(programFolder); err != nil && !errors.Is(err, os.ErrNotExist) {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}
