package main

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"disconode/valueflows"
)

// Floors are the least that could do the job: one prepared statement, bytes
// appended by hand, no GraphQL, no rights, no journal. What we take beyond them
// is what our promises cost. Their drivers are the ones that node/store brings.

// floorVariable makes the test binary serve the floor of reads.
const floorVariable = "DISCONODE_FLOOR"

// driverOf is the driver and address of a place's books.
func (p place) driver() (name, dsn string) {
	if p.database != "" {
		return "postgres", p.database
	}
	return "sqlite", "file:" + filepath.Join(p.data, "node.sqlite") + "?_pragma=query_only(1)&_pragma=cache_size(-16000)"
}

const floorSelect = `SELECT e.id, e.action, e.note, e.has_point_in_time, e.resource_coef, e.resource_scale, p.id, p.name, r.id, r.name, s.id, s.name
	FROM economic_event e JOIN agent p ON p.id = e.provider JOIN agent r ON r.id = e.receiver JOIN economic_resource s ON s.id = e.resource_inventoried_as `

// serveFloor answers what the measured queries ask, until it is killed.
func serveFloor(driver, dsn string) error {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	var prepared [3]*sql.Stmt
	for i, where := range []string{"WHERE e.id = ?", "WHERE e.lab = ? AND e.position > ? ORDER BY e.position LIMIT 50",
		"WHERE e.provider = ? AND e.happened >= ? AND e.happened < ? ORDER BY e.position LIMIT 50"} {
		if driver == "postgres" {
			for n := 1; strings.Contains(where, "?"); n++ {
				where = strings.Replace(where, "?", "$"+strconv.Itoa(n), 1)
			}
		}
		if prepared[i], err = db.Prepare(floorSelect + where); err != nil {
			return err
		}
	}
	http.HandleFunc("GET /one", func(w http.ResponseWriter, r *http.Request) {
		rows, err := floorRows(r.Context(), prepared[0], floorID(r, "id"))
		floorAnswer(w, `{"data":{"economicEvent":`, strings.Join(rows, ","), "}}", err)
	})
	http.HandleFunc("GET /page", func(w http.ResponseWriter, r *http.Request) {
		after, _ := strconv.ParseInt(r.FormValue("after"), 10, 64)
		rows, err := floorRows(r.Context(), prepared[1], floorID(r, "lab"), after)
		floorAnswer(w, `{"data":{"economicEvents":{"edges":[{"node":`, strings.Join(rows, `},{"node":`), "}]}}}", err)
	})
	http.HandleFunc("GET /year", func(w http.ResponseWriter, r *http.Request) {
		rows, err := floorRows(r.Context(), prepared[2], floorID(r, "agent"), int64(benchFrom), int64(benchTo))
		floorAnswer(w, `{"data":{"economicEvents":{"edges":[{"node":`, strings.Join(rows, `},{"node":`), "}]}}}", err)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, "listening on http://"+listener.Addr().String())
	return http.Serve(listener, nil)
}

func floorID(r *http.Request, name string) []byte {
	id, _ := hex.DecodeString(strings.ReplaceAll(r.FormValue(name), "-", ""))
	return id
}

// floorRows are the events that a statement finds, as JSON.
func floorRows(ctx context.Context, s *sql.Stmt, args ...any) ([]string, error) {
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id, provider, receiver, resource []byte
		var action, note, providerName, receiverName, resourceName string
		var at, coefficient int64
		var scale int
		if err := rows.Scan(&id, &action, &note, &at, &coefficient, &scale, &provider, &providerName, &receiver, &receiverName, &resource, &resourceName); err != nil {
			return nil, err
		}
		b := make([]byte, 0, 512)
		b = append(b, `{"id":"`...)
		b = floorUUID(b, id)
		b = strconv.AppendQuote(append(b, `","action":{"id":`...), action)
		b = strconv.AppendQuote(append(b, `},"note":`...), note)
		b = time.UnixMicro(at).UTC().AppendFormat(append(b, `,"hasPointInTime":"`...), time.RFC3339)
		b = strconv.AppendInt(append(b, `","resourceQuantity":{"hasNumericalValue":"`...), coefficient, 10) // the scale is 0
		b = floorNamed(append(b, `","hasUnit":{"label":"kilogram"}},"provider":`...), provider, providerName)
		b = floorNamed(append(b, `,"receiver":`...), receiver, receiverName)
		b = floorNamed(append(b, `,"resourceInventoriedAs":`...), resource, resourceName)
		all = append(all, string(append(b, '}')))
	}
	return all, rows.Err()
}

func floorNamed(b, id []byte, name string) []byte {
	b = strconv.AppendQuote(append(floorUUID(append(b, `{"id":"`...), id), `","name":`...), name)
	return append(b, '}')
}

func floorUUID(b, id []byte) []byte { return append(b, valueflows.ID(id).String()...) }

func floorAnswer(w http.ResponseWriter, before, rows, after string, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(before + rows + after))
}

// writeFloor is a database with the two tables that a write cannot do without:
// an event is inserted, and both quantities of its resource are changed.
type writeFloor struct {
	db             *sql.DB
	insert, change *sql.Stmt
}

const floorResources = 1000

func newWriteFloor(t testing.TB, dsn string) *writeFloor {
	driver := "postgres"
	if dsn == "" {
		driver, dsn = "sqlite", "file:"+filepath.Join(t.TempDir(), "floor.sqlite")+
			"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)&_pragma=cache_size(-16000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(16)
	if driver == "sqlite" {
		db.SetMaxOpenConns(1) // it has one writer; more would wait by sleeping
	}
	db.SetMaxIdleConns(16)
	for _, statement := range []string{
		`CREATE TABLE resource (id BIGINT PRIMARY KEY, accounting BIGINT NOT NULL, onhand BIGINT NOT NULL)`,
		`CREATE TABLE event (id BYTEA PRIMARY KEY, action TEXT NOT NULL, provider BYTEA NOT NULL, receiver BYTEA NOT NULL, resource BIGINT NOT NULL REFERENCES resource (id),
			coefficient BIGINT NOT NULL, scale SMALLINT NOT NULL, unit BYTEA NOT NULL, happened BIGINT NOT NULL, note TEXT NOT NULL)`,
		`CREATE INDEX event_provider ON event (provider, happened)`,
		`CREATE INDEX event_receiver ON event (receiver, happened)`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for i := range floorResources {
		if _, err := db.Exec("INSERT INTO resource VALUES (" + strconv.Itoa(i) + ", 0, 0)"); err != nil {
			t.Fatal(err)
		}
	}
	f := &writeFloor{db: db}
	insert, change := "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "UPDATE resource SET accounting = accounting + ?, onhand = onhand + ? WHERE id = ?"
	if driver == "postgres" {
		insert, change = "INSERT INTO event VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", "UPDATE resource SET accounting = accounting + $1, onhand = onhand + $2 WHERE id = $3"
	}
	if f.insert, err = db.Prepare(insert); err == nil {
		f.change, err = db.Prepare(change)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// commit writes so many events in one transaction.
func (f *writeFloor) commit(events int) error {
	tx, err := f.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, change := tx.Stmt(f.insert), tx.Stmt(f.change)
	changed := map[int]int{}
	for range events {
		id := make([]byte, 16)
		for i := range id {
			id[i] = byte(rand.Uint32())
		}
		resource := rand.IntN(floorResources)
		changed[resource]++
		if _, err := insert.Exec(id, "raise", id, id, resource, 1, 0, id, time.Now().UnixMicro(), "One more."); err != nil {
			return err
		}
	}
	for resource, by := range changed {
		if _, err := change.Exec(by, by, resource); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// load is what a run of requests measured.
type load struct {
	perSecond float64
	p50, p99  time.Duration
}

// drive calls do from so many clients for a while; each call is one request.
func drive(t testing.TB, clients int, during time.Duration, do func(r *rand.Rand) error) load {
	t.Helper()
	var all sync.WaitGroup
	took := make([][]time.Duration, clients)
	begun := time.Now()
	for c := range clients {
		all.Go(func() {
			r := rand.New(rand.NewPCG(uint64(c), uint64(begun.UnixNano())))
			for time.Since(begun) < during {
				from := time.Now()
				if err := do(r); err != nil {
					t.Error(err)
					return
				}
				took[c] = append(took[c], time.Since(from))
			}
		})
	}
	all.Wait()
	return loadOf(took, time.Since(begun))
}
