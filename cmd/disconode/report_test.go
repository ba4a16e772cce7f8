package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sample is one run: its rate and latencies, and the processor time that the
// processes which serve it took for a request.
type sample struct {
	load
	cpu time.Duration // 0 where it is not measured
}

// measured drives one run, and reads the processor time of the processes.
func measured(t testing.TB, pids []int, clients int, do func(r *rand.Rand) error) sample {
	t.Helper()
	before := processorTime(pids)
	l := drive(t, clients, time.Duration(*benchSeconds*float64(time.Second)), do)
	requests := l.perSecond * *benchSeconds
	return sample{l, time.Duration(float64(processorTime(pids)-before) / max(requests, 1))}
}

// processorTime is what processes, and those they started, have used, as Linux
// tells; 0 elsewhere.
func processorTime(pids []int) time.Duration {
	const ticksPerSecond = 100 // on every Linux that Go runs on
	var sum time.Duration
	for _, pid := range pids {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		// After the name in parentheses: state is field 0, utime, stime and
		// those of ended children are 11 to 14.
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		for _, ticks := range fields[11:15] {
			n, _ := strconv.ParseInt(ticks, 10, 64)
			sum += time.Duration(n) * time.Second / ticksPerSecond
		}
		children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
		for _, child := range strings.Fields(string(children)) {
			n, _ := strconv.Atoi(child)
			sum += processorTime([]int{n})
		}
	}
	return sum
}

// loadOf sums up what the clients' requests took.
func loadOf(took [][]time.Duration, whole time.Duration) load {
	every := slices.Concat(took...)
	if len(every) == 0 {
		return load{}
	}
	slices.Sort(every)
	return load{
		perSecond: float64(len(every)) / whole.Seconds(),
		p50:       every[len(every)/2],
		p99:       every[len(every)*99/100],
	}
}

// report is the text of docs/BENCHMARKS.md.
type report struct {
	text  bytes.Buffer
	notes []string
}

// section begins the table of a database.
func (r *report) section(name string) {
	r.flush()
	fmt.Fprintf(&r.text, "\n## %s\n\n| what | ours a second | floor a second | ours / floor | p50, p99 ours | p50, p99 floor | CPU a request ours | floor | ours / floor |\n|---|---|---|---|---|---|---|---|---|\n", name)
}

// row adds what the runs of ours and of the floor measured: the median, between
// the least and the most.
func (r *report) row(name string, ours, floor []sample) {
	o, f := middle(ours), middle(floor)
	fmt.Fprintf(&r.text, "| %s | %s | %s | **%.2f** | %s | %s | %s | %s | %s |\n", name, spread(ours), spread(floor),
		o.perSecond/f.perSecond, latencies(o), latencies(f), milliseconds(o.cpu), milliseconds(f.cpu), ratio(o.cpu, f.cpu))
}

// note adds a sentence below the table.
func (r *report) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

func (r *report) flush() {
	if len(r.notes) > 0 {
		fmt.Fprintf(&r.text, "\n%s\n", strings.Join(r.notes, " "))
	}
	r.notes = nil
}

// middle is the run whose rate is the median.
func middle(runs []sample) sample {
	sorted := slices.Clone(runs)
	slices.SortFunc(sorted, func(a, b sample) int { return int(a.perSecond - b.perSecond) })
	return sorted[len(sorted)/2]
}

func spread(runs []sample) string {
	rates := make([]float64, len(runs))
	for i, s := range runs {
		rates[i] = s.perSecond
	}
	return fmt.Sprintf("%.0f / **%.0f** / %.0f", slices.Min(rates), middle(runs).perSecond, slices.Max(rates))
}

func latencies(s sample) string {
	if s.p50 == 0 {
		return "–"
	}
	return milliseconds(s.p50) + ", " + milliseconds(s.p99)
}

func milliseconds(d time.Duration) string {
	if d == 0 {
		return "–"
	}
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 2, 64) + " ms"
}

func ratio(a, b time.Duration) string {
	if a == 0 || b == 0 {
		return "–"
	}
	return fmt.Sprintf("**%.2f**", float64(a)/float64(b))
}

// otherFigures begins the part of docs/BENCHMARKS.md that make bench leaves alone.
const otherFigures = "\n## What other commands measure\n"

// write puts the report into a file, with what it was measured on.
func (r *report) write(t testing.TB, name string) {
	t.Helper()
	r.flush()
	var head bytes.Buffer
	fmt.Fprintf(&head, `# Benchmarks

Written by make bench, but for its last part; not by hand. Measured on %s, %d processors, %s, %s.

Books of %d events. %d runs of %g s each, ours and the floor in turn: the least, **the median**, the most. Rates swing with what else the machine does, so only what stands in one row compares; the quotients are of the medians. Reads come from %d connections.

The floor of a read is net/http and database/sql: one prepared join on the same tables, bytes appended by hand, no GraphQL, no token, no rights; both were seen to give the same answer. The floor of a write is a bare transaction, an event inserted and its resource's two quantities changed, with no HTTP, no rules and no journal; ours is a GraphQL mutation over HTTP, acknowledged when it is on the disk. The floor of the import inserts a thousand rows a transaction. The processor time of a read counts the serving process and the database's.
`, processor(), runtime.NumCPU(), runtime.Version(), postgresVersion(), *benchEvents, *benchRounds, *benchSeconds, benchClients)
	var rest []byte // what other commands measure
	if before, err := os.ReadFile(name); err == nil {
		if at := bytes.Index(before, []byte(otherFigures)); at >= 0 {
			rest = before[at:]
		}
	}
	if err := os.WriteFile(name, slices.Concat(head.Bytes(), r.text.Bytes(), rest), 0o644); err != nil {
		t.Fatal(err)
	}
}

// processor is the model that Linux names; else the architecture.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if _, model, ok := strings.Cut(lines.Text(), "model name\t: "); ok {
			return model
		}
	}
	return runtime.GOARCH
}

func postgresVersion() string {
	out, err := exec.Command("psql", "--version").Output()
	if err != nil {
		return "PostgreSQL"
	}
	return strings.TrimSpace(strings.Replace(string(out), "psql (PostgreSQL)", "PostgreSQL", 1))
}
