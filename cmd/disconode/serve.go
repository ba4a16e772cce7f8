package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"disconode/federation"
	"disconode/graph"
	"disconode/graph/web"
	"disconode/node"
)

// The server's limits. What one query may cost is the graph's to say.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 30 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 2 * time.Minute
	headerBytesMax    = 16 << 10
	// A stop within 10 s: requests in flight have most of it.
	drainTimeout = 8 * time.Second
)

type serve struct {
	books
	Listen   string         `help:"Address to answer on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	BaseURL  string         `name:"base-url" help:"Address under which the node is reached; left out, the one it was made with." placeholder:"URL"`
	Metrics  string         `help:"Address to answer /metrics on; left out, there are none." placeholder:"HOST:PORT"`
	AllowNet []netip.Prefix `name:"allow-net" help:"Network that the node may reach out to though it is private, such as 10.1.0.0/16. May be given again." placeholder:"CIDR"`
}

// Run answers until ctx ends, then lets requests in flight finish.
func (c serve) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	operator, n, err := c.open(ctx, c.BaseURL, log)
	if err != nil {
		return err
	}
	defer n.Close()
	return c.answer(ctx, n, log, func(url string) error {
		if _, err := fmt.Fprintln(out, "listening on", url); err != nil {
			return err
		}
		return invite(operator, n, out)
	})
}

// invite prints the link with which somebody sets up books that have no LAB yet.
func invite(operator context.Context, n *node.Node, out io.Writer) error {
	path, err := n.SetupLink(operator)
	if errors.Is(err, node.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "These books are new. Set them up, within 30 minutes and in one go, at\n%s%s\n", n.BaseURL(), path)
	return err
}

// answer serves the node until ctx ends or a door fails. It calls ready with
// the address once it answers there.
func (c serve) answer(ctx context.Context, n *node.Node, log *slog.Logger, ready func(url string) error) error {
	if err := n.Hold(); err != nil {
		return err
	}
	peers, err := federation.New(n, federation.Options{AllowNet: c.AllowNet, Log: log})
	if err != nil {
		return err
	}
	doors, err := c.doors(n, peers, log)
	if err != nil {
		return err
	}
	following, unfollow := context.WithCancel(context.Background()) // until the last request is answered
	telling, untell := context.WithCancel(ctx)
	var working sync.WaitGroup
	working.Go(func() { n.Follow(following) })
	working.Go(func() { peers.Run(telling) })
	defer working.Wait()
	defer unfollow()
	defer untell()

	failed := make(chan error, len(doors))
	for _, d := range doors {
		go func() { failed <- d.server.Serve(d.listener) }()
	}
	if err = ready("http://" + doors[0].listener.Addr().String()); err == nil {
		select {
		case <-ctx.Done():
			log.Info("stopping")
		case err = <-failed:
		}
	}
	return errors.Join(err, drain(doors))
}

// door is an address that is answered.
type door struct {
	listener net.Listener
	server   *http.Server
}

// doors opens the node's address, and that of its metrics where there is one.
func (c serve) doors(n *node.Node, peers *federation.Federation, log *slog.Logger) ([]door, error) {
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return nil, fmt.Errorf("cannot answer on %s: %w; --listen HOST:PORT chooses another address", c.Listen, err)
	}
	if !isLoopback(listener.Addr()) {
		log.Warn("listening beyond this machine without TLS: put a proxy that speaks https before it", "address", listener.Addr())
	}
	if c.Metrics == "" {
		return []door{{listener, newServer(routes(n, peers, log), log)}}, nil
	}
	inner, err := net.Listen("tcp", c.Metrics)
	if err != nil {
		listener.Close()
		return nil, fmt.Errorf("cannot answer metrics on %s: %w", c.Metrics, err)
	}
	m := newMeters(n)
	m.registry.MustRegister(refusals{peers})
	return []door{{listener, newServer(m.counting(routes(n, peers, log)), log)}, {inner, newServer(m.page(), log)}}, nil
}

// drain lets the requests in flight finish, within limits.
func drain(doors []door) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	for _, d := range doors {
		if e := d.server.Shutdown(ctx); e != nil {
			err = errors.Join(err, fmt.Errorf("requests were cut off: %w", e), d.server.Close())
		}
	}
	return err
}

// newServer is an HTTP server with our limits.
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    headerBytesMax,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// routes are the addresses that the node answers.
func routes(n *node.Node, peers *federation.Federation, log *slog.Logger) *http.ServeMux {
	mux := http.NewServeMux()
	api := graph.NewServer(n, graph.Options{Log: log})
	pages, documents := web.Handler(n, api, web.Options{Log: log}), peers.Handler()
	mux.Handle("/graphql", api)
	mux.Handle("/", pages)
	for _, pattern := range federation.Patterns {
		mux.Handle(pattern, documents)
	}
	for _, pattern := range federation.SharedPatterns {
		mux.Handle(pattern, either(documents, pages))
	}
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "alive")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := n.Ready(r.Context()); err != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	return mux
}

// either answers machines with a document, and people with a page.
func either(documents, pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if federation.Wants(r) {
			documents.ServeHTTP(w, r)
			return
		}
		w.Header().Add("Vary", "Accept")
		pages.ServeHTTP(w, r)
	})
}

// isLoopback tells whether only this machine reaches an address.
func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
