package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"disconode/node"
)

// meters are what an operator watches: requests by route and answer, and the
// process itself. Labels never hold what a stranger sent.
type meters struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMeters(n *node.Node) *meters {
	m := &meters{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "disconode_http_request_seconds",
			Help:    "Time to answer a request, by route and status code.",
			Buckets: []float64{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10},
		}, []string{"route", "code"}),
	}
	m.registry.MustRegister(
		total("disconode_commands_total", "Writes accepted.", func() int64 { return n.Stats().Commands }),
		total("disconode_commits_total", "Commits that writes shared.", func() int64 { return n.Stats().Commits }),
		total("disconode_statements_total", "SQL statements that reads ran.", func() int64 { return n.Stats().Queries }),
		m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// total is a count that only grows.
func total(name, help string, count func() int64) prometheus.Collector {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return float64(count()) })
}

// counting times what a handler answers.
func (m *meters) counting(routes *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, route := routes.Handler(r)
		if route == "" {
			route = "none"
		}
		begun, noted := time.Now(), &noting{ResponseWriter: w, code: http.StatusOK}
		defer func() {
			m.requests.WithLabelValues(route, strconv.Itoa(noted.code)).Observe(time.Since(begun).Seconds())
		}()
		routes.ServeHTTP(noted, r)
	})
}

// page is what /metrics answers.
func (m *meters) page() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// noting remembers the status code of an answer.
type noting struct {
	http.ResponseWriter
	code int
}

func (n *noting) WriteHeader(code int) {
	n.code = code
	n.ResponseWriter.WriteHeader(code)
}

// Unwrap lets http.ResponseController reach the writer below.
func (n *noting) Unwrap() http.ResponseWriter { return n.ResponseWriter }
