package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

var soakEvents = flag.Int("soak-events", 1_000_000, "events in the files that the soak imports")

// soakBytes is what an import may have in memory at most.
const soakBytes = 256 << 20

// A big file takes no more memory than a small one, on its way in and out: what
// comes out is what went in.
func TestImportStaysSmall(t *testing.T) {
	const few, many, grows = 2_000, 20_000, 48 << 20
	var small, big peaks
	for events, into := range map[int]*peaks{few: &small, many: &big} {
		*into = soak(t, events)
	}
	for what, peak := range big {
		if before := small[what]; peak.bytes-before.bytes > grows {
			t.Errorf("%s of %d events takes %d MB, of %d events %d MB", what, few, before.bytes>>20, many, peak.bytes>>20)
		}
	}
}

// BenchmarkImport imports a million events on SQLite, and says how fast and in
// how much memory.
func BenchmarkImport(b *testing.B) {
	for b.Loop() {
		for _, p := range soak(b, *soakEvents).sorted() {
			b.Logf("%-28s %9.0f events/s %5d MB at most", p.what, float64(*soakEvents)/p.took.Seconds(), p.bytes>>20)
			if p.bytes > soakBytes {
				b.Errorf("%s took %d MB, and may take %d", p.what, p.bytes>>20, soakBytes>>20)
			}
		}
	}
}

// peak is how much memory a run of the program had at most, and how long it took.
type peak struct {
	what  string
	bytes int64
	took  time.Duration
	order int
}

type peaks map[string]peak

func (p peaks) sorted() []peak {
	list := make([]peak, len(p))
	for _, one := range p {
		list[one.order] = one
	}
	return list
}

// soak imports files of so many events into books of their own, exports and
// checks them, and returns what each took.
func soak(t testing.TB, events int) peaks {
	t.Helper()
	folder, taken := t.TempDir(), peaks{}
	measure := func(p place, what string, args ...string) {
		t.Helper()
		took := p.watched(t, args...)
		took.what, took.order = what, len(taken)
		taken[what] = took
	}
	file, back := filepath.Join(folder, "in.jsonl"), filepath.Join(folder, "out.jsonl")
	agents, sheet := filepath.Join(folder, "agents.jsonl"), filepath.Join(folder, "in.csv")
	writeSoak(t, file, sheet, events)
	writeSoakAgents(t, agents)
	p, _ := fresh(t, "")
	measure(p, "import of an export", "import", file, "--lab", "farm")
	measure(p, "export", "export", "--to", back)
	alike(t, file, back)
	measure(p, "the same import again", "import", file, "--lab", "farm")
	measure(p, "verify", "verify")
	measure(p, "rebuild", "rebuild")
	p, _ = fresh(t, "")
	p.must(t, "import", agents, "--lab", "farm")
	measure(p, "import of a sheet", "import", sheet, "--lab", "farm", "--create", "kinds,processes", "--errors", filepath.Join(folder, "errors.csv"))
	return taken
}

// watched runs a command that succeeds, and watches how much memory it has.
func (p place) watched(t testing.TB, args ...string) peak {
	t.Helper()
	c := p.command(t, args...)
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	begun := time.Now()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	var most int64
	for {
		select {
		case err := <-ended:
			if err != nil {
				text := said.String()
				t.Fatalf("disconode %s: %v: …%s", strings.Join(args, " "), err, text[max(0, len(text)-2000):])
			}
			if most == 0 {
				t.Fatal("the memory of the program cannot be read: /proc is needed")
			}
			return peak{bytes: most, took: time.Since(begun)}
		case <-time.After(10 * time.Millisecond):
			most = max(most, highWater(c))
		}
	}
}

// highWater is the most memory that a running process has had, as Linux tells; 0
// where it has ended.
func highWater(c *exec.Cmd) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, found := strings.Cut(string(status), "VmHWM:")
	var kilobytes int64
	if _, err := fmt.Sscan(rest, &kilobytes); !found || err != nil {
		return 0
	}
	return kilobytes << 10
}

// alike tells where two files differ.
func alike(t testing.TB, one, other string) {
	t.Helper()
	var lines [2]*bufio.Scanner
	for i, name := range []string{one, other} {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines[i] = bufio.NewScanner(file)
	}
	for n := 1; ; n++ {
		more, again := lines[0].Scan(), lines[1].Scan()
		if lines[0].Text() != lines[1].Text() || more != again {
			t.Fatalf("line %d went in as\n%s\nand came out as\n%s", n, lines[0].Text(), lines[1].Text())
		}
		if !more {
			return
		}
	}
}

// soaker writes invented books: as an export, and their events as a sheet.
type soaker struct {
	t      testing.TB
	to     *bufio.Writer
	sheet  *csv.Writer
	lines  int64
	stocks []valueflows.EconomicResource
}

const (
	soakFarms  = 100
	soakPeople = 1000
)

// soakClasses are the classes of the invented records, and soakNames what they
// are called before their number.
var (
	soakClasses = []valueflows.Class{
		valueflows.ClassPerson, valueflows.ClassOrganization, valueflows.ClassResourceSpecification, valueflows.ClassProcess,
		valueflows.ClassEconomicResource, valueflows.ClassEconomicEvent,
	}
	soakNames = []string{"Person", "Farm", "Kind", "Season", "Stock", "Event"}
)

// soakID is the id of the nth record of a class.
func soakID(class valueflows.Class, n int) valueflows.ID {
	id := valueflows.ID{byte(slices.Index(soakClasses, class))}
	binary.BigEndian.PutUint64(id[8:], uint64(n+1))
	return id
}

func soakIRI(id valueflows.ID) string {
	if unit := valueflows.OMUnit(id); unit != nil {
		return unit.IRI
	}
	return fmt.Sprintf("https://a.example/vf/%s/%d", soakClasses[id[0]], binary.BigEndian.Uint64(id[8:]))
}

// newSoaker begins an export.
func newSoaker(t testing.TB, name string) *soaker {
	t.Helper()
	s := &soaker{t: t, to: bufio.NewWriter(soakFile(t, name))}
	s.line(jsonld.ExportLine{Kind: jsonld.ExportBegin})
	return s
}

func soakFile(t testing.TB, name string) *os.File {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

func (s *soaker) end() {
	s.line(jsonld.ExportLine{Kind: jsonld.ExportEnd, Lines: s.lines})
	if err := s.to.Flush(); err != nil {
		s.t.Fatal(err)
	}
}

// agents writes the farms and the people.
func (s *soaker) agents() (farms, people []valueflows.ID) {
	for i := range soakFarms {
		farms = append(farms, s.record(valueflows.ClassOrganization, i, &valueflows.Agent{Kind: valueflows.ClassOrganization, Name: fmt.Sprintf("Farm %d", i)}))
	}
	for i := range soakPeople {
		people = append(people, s.record(valueflows.ClassPerson, i, &valueflows.Agent{Kind: valueflows.ClassPerson, Name: fmt.Sprintf("Person %d", i)}))
	}
	return farms, people
}

// writeSoakAgents writes an export of the farms and the people alone, whom a
// sheet names.
func writeSoakAgents(t testing.TB, name string) {
	s := newSoaker(t, name)
	s.agents()
	s.end()
}

func (s *soaker) line(l jsonld.ExportLine) {
	text, err := l.Write(soakIRI)
	if err == nil {
		_, err = s.to.Write(append(text, '\n'))
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.lines++
}

func (s *soaker) record(class valueflows.Class, n int, record any) valueflows.ID {
	id := soakID(class, n)
	s.line(jsonld.ExportLine{Kind: jsonld.ExportRecord, Class: class, IRI: soakIRI(id), Record: record})
	return id
}

// event writes an event and counts it on the stocks that it names.
func (s *soaker) event(n int, e valueflows.EconomicEvent, from, to *valueflows.EconomicResource) {
	at := valueflows.Time{Instant: valueflows.Instant(1_735_689_600_000_000 + int64(n)*31_000_000), OffsetMinutes: -360}
	e.HasPointInTime, e.Created = &at, &at
	if err := e.Apply(valueflows.Scene{From: from, To: to}); err != nil {
		s.t.Fatal(err)
	}
	s.record(valueflows.ClassEconomicEvent, n, &e)
	s.row(n, &e)
}

var soakColumns = []string{
	"external_id", "action", "stream", "has_point_in_time", "provider", "receiver", "quantity", "unit", "effort_quantity", "effort_unit",
	"resource_conforms_to", "resource_inventoried_as", "to_resource_inventoried_as", "new_resource", "input_of", "note",
}

// row writes an event into the sheet. The first ones make the stocks.
func (s *soaker) row(n int, e *valueflows.EconomicEvent) {
	kind, stock, made := "", soakName(e.ResourceInventoriedAs), ""
	if n < soakFarms {
		kind, stock, made = "Grain", "", stock
	}
	number := func(m *valueflows.Measure) (string, string) {
		if m == nil {
			return "", ""
		}
		return m.HasNumericalValue.String(), valueflows.OMUnit(m.HasUnit).Label
	}
	quantity, unit := number(e.ResourceQuantity)
	effort, long := number(e.EffortQuantity)
	s.write([]string{
		fmt.Sprint(n), string(e.Action), string(e.Stream), e.HasPointInTime.String(), soakName(e.Provider), soakName(e.Receiver), quantity, unit, effort, long,
		kind, stock, soakName(e.ToResourceInventoriedAs), made, soakName(e.InputOf), string(e.Note),
	})
}

func (s *soaker) write(cells []string) {
	if err := s.sheet.Write(cells); err != nil {
		s.t.Fatal(err)
	}
}

// soakName is what people call a record.
func soakName(id valueflows.ID) string {
	if id.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %d", soakNames[id[0]], binary.BigEndian.Uint64(id[8:])-1)
}

// writeSoak writes a file as `disconode export` would, and its events as a sheet: of a hundred farms with a
// stock each, whose thousand people work, and that give to each other, use up
// and count anew.
func writeSoak(t testing.TB, name, sheet string, events int) {
	t.Helper()
	s := newSoaker(t, name)
	s.sheet = csv.NewWriter(soakFile(t, sheet))
	s.write(soakColumns)
	farms, people := s.agents()
	kilogram := valueflows.OMUnitID("kilogram")
	grain := s.record(valueflows.ClassResourceSpecification, 0, &valueflows.ResourceSpecification{Name: "Grain", DefaultUnitOfResource: kilogram})
	s.stocks = make([]valueflows.EconomicResource, soakFarms)
	for i, farm := range farms {
		stock := &s.stocks[i]
		*stock = valueflows.EconomicResource{Name: valueflows.Text(fmt.Sprintf("Stock %d", i)), ConformsTo: grain, PrimaryAccountable: farm, Custodian: farm}
		stock.ID = s.record(valueflows.ClassEconomicResource, i, stock)
		none, nothing := valueflows.Measure{HasUnit: kilogram}, valueflows.Measure{HasUnit: kilogram}
		stock.AccountingQuantity, stock.OnhandQuantity = &none, &nothing
		s.event(i, valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceInventoriedAs: stock.ID, ResourceQuantity: soakMeasure("1000000.00", kilogram)}, stock, nil)
	}
	var season valueflows.ID
	for n := soakFarms; n < events; n++ {
		if (n-soakFarms)%500 == 0 {
			season = s.record(valueflows.ClassProcess, n/500, &valueflows.Process{Name: fmt.Sprintf("Season %d", n/500)})
		}
		stock, other := &s.stocks[n*7%soakFarms], &s.stocks[(n*7+1+n%50)%soakFarms]
		farm := stock.PrimaryAccountable
		switch n % 10 {
		case 0, 1, 2, 3:
			s.event(n, valueflows.EconomicEvent{Action: "work", Provider: people[n*13%soakPeople], Receiver: farm, InputOf: season,
				EffortQuantity: soakMeasure("1.25", valueflows.Hour), Stream: valueflows.Streams[n%3], Note: valueflows.Text(fmt.Sprintf("Row %d, weeded.", n))}, nil, nil)
		case 4, 5, 6:
			s.event(n, valueflows.EconomicEvent{Action: "transfer", Provider: farm, Receiver: other.PrimaryAccountable,
				ResourceInventoriedAs: stock.ID, ToResourceInventoriedAs: other.ID, ResourceQuantity: soakMeasure("2.5", kilogram)}, stock, other)
		case 7, 8:
			s.event(n, valueflows.EconomicEvent{Action: "consume", Provider: farm, Receiver: farm, InputOf: season,
				ResourceInventoriedAs: stock.ID, ResourceQuantity: soakMeasure("0.75", kilogram)}, stock, nil)
		default:
			s.event(n, valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm,
				ResourceInventoriedAs: stock.ID, ResourceQuantity: soakMeasure("3", kilogram)}, stock, nil)
		}
	}
	for i := range s.stocks {
		s.line(jsonld.ExportLine{Kind: jsonld.ExportStanding, Class: valueflows.ClassEconomicResource, IRI: soakIRI(s.stocks[i].ID), Record: &s.stocks[i]})
	}
	s.end()
	if s.sheet.Flush(); s.sheet.Error() != nil {
		t.Fatal(s.sheet.Error())
	}
}

func soakMeasure(number string, unit valueflows.ID) *valueflows.Measure {
	return &valueflows.Measure{HasNumericalValue: *decimal(number), HasUnit: unit}
}
