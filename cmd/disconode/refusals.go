package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"disconode/federation"
)

// refusals count what peers sent that was not taken, by reason. The reasons are
// ours: a stranger cannot make new ones.
type refusals struct{ peers *federation.Federation }

var _ prometheus.Collector = refusals{}

var refusedTotal = prometheus.NewDesc("disconode_peer_requests_refused_total", "Requests of peers that were refused, by reason.", []string{"reason"}, nil)

// Describe says what is collected.
func (refusals) Describe(all chan<- *prometheus.Desc) { all <- refusedTotal }

// Collect counts.
func (r refusals) Collect(all chan<- prometheus.Metric) {
	for why, count := range r.peers.Refused() {
		all <- prometheus.MustNewConstMetric(refusedTotal, prometheus.CounterValue, float64(count), why)
	}
}
