package store

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"disconode/node/store/storetest"
)

// wire carries the bytes between a store and PostgreSQL, until it falls silent
// without a word.
type wire struct {
	net.Listener
	to     string
	silent sync.RWMutex // held for writing: nothing passes
}

func (w *wire) run() {
	for {
		near, err := w.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", w.to)
		if err != nil {
			near.Close()
			return
		}
		go w.carry(near, far)
		go w.carry(far, near)
	}
}

func (w *wire) carry(from, to net.Conn) {
	defer to.Close()
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		w.silent.RLock()
		_, failed := to.Write(buffer[:n])
		w.silent.RUnlock()
		if err != nil && !errors.Is(err, io.EOF) || failed != nil || n == 0 {
			return
		}
	}
}

// Closing ends soon where PostgreSQL is not heard any more.
func TestCloseInSilence(t *testing.T) {
	address, err := url.Parse(storetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{to: address.Host}
	if w.Listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	go w.run()
	address.Host = w.Addr().String()
	s, err := Open(t.Context(), Config{Database: address.String()})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), func(tx *Tx) error {
		return tx.PutNode(&NodeRow{BaseURL: "https://books.example", Secret: []byte("secret")})
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Head(t.Context()); err != nil { // so that a statement is prepared there
		t.Fatal(err)
	}
	w.silent.Lock()
	defer w.silent.Unlock()
	answer := make(chan error, 1)
	go func() {
		answer <- s.Write(context.Background(), func(tx *Tx) error { tx.Append(entry(1)); return nil })
	}()
	time.Sleep(50 * time.Millisecond)
	began := time.Now()
	s.Close()
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("closing took %s", took)
	}
	if err := <-answer; !errors.Is(err, ErrUnavailable) {
		t.Errorf("a command that waited: %v", err)
	}
}
