# What there is to do here. `make test` is the whole of the program; `make interop`
# talks with a stranger's server, and `make browser` looks at the pages.

.PHONY: run test interop browser pictures bench soak generate build format generated vet needs needs-node needs-browser

# run starts two sister nodes with some months of invented books in ./data, and
# prints their addresses, how to sign in and three queries to try. A second run
# goes on with the same books.
run:
	@go run ./cmd/disconode demo

# test checks form, generated code and every package, on SQLite and PostgreSQL,
# with the race detector on. It does not look into SQLite itself, which is C made
# into Go: that would take most of the time (docs/decisions/0020).
norace = -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false
test: format needs generated vet
	go test -race $(norace) -timeout 20m ./...

# interop has a node of ours talk with a server that strangers wrote.
interop: needs-node
	cd federation/interop && npm ci --no-progress --loglevel=error
	go vet -tags interop ./federation/interop
	go test -tags interop -v -count 1 -timeout 15m ./federation/interop

# browser looks at the pages as people do, with a browser of this machine.
browser: needs-node needs-browser build
	cd graph/web/browser && npm ci --no-progress --loglevel=error && npm test

# pictures takes the README's pictures of the pages anew.
pictures: needs-node needs-browser build
	cd graph/web/browser && npm ci --no-progress --loglevel=error && PICTURES=$(CURDIR)/docs/images npm run pictures

# bench measures reads and writes against floors measured in the same run, and
# writes docs/BENCHMARKS.md; then it prints how long a start takes, and walks
# along the flows, and plans.
bench: needs
	go test ./cmd/disconode -run '^$$' -bench '^BenchmarkAgainstFloors$$' -benchtime 1x -timeout 30m
	go test ./cmd/disconode -run '^$$' -bench '^BenchmarkFirstAnswer$$' -benchtime 20x
	go test ./valueflows/flow ./graph -run '^$$' -bench '^BenchmarkTrace' -benchtime 100x
	go test ./valueflows/planning -run '^$$' -bench '^BenchmarkMake$$' -benchtime 3x

# soak imports a million events on SQLite, exports and checks them, and says how
# fast and in how much memory: about half an hour on a small machine.
soak:
	go test ./cmd/disconode -run '^$$' -bench '^BenchmarkImport$$' -benchtime 1x -timeout 120m

# generate makes the generated code anew.
generate:
	go generate ./...

# build makes one static binary.
build:
	CGO_ENABLED=0 go build -trimpath -o bin/disconode ./cmd/disconode

# format fails on a file that gofmt would change.
format:
	@changed=$$(gofmt -l .); if [ -n "$$changed" ]; then \
		echo "gofmt would change:"; echo "$$changed"; exit 1; fi

# generated fails when generating again changes a file.
sums = find . -type f -not -path './.git/*' -not -path './data/*' -not -path './bin/*' -not -path '*/node_modules/*' -print0 | LC_ALL=C sort -z | xargs -0 cksum
generated:
	@before=$$(mktemp); after=$$(mktemp); trap 'rm -f "$$before" "$$after"' EXIT; \
	$(sums) >"$$before" && go generate ./... && $(sums) >"$$after" && \
	if ! diff "$$before" "$$after"; then \
		echo "go generate changed these files: keep what it made"; exit 1; fi

vet:
	go vet ./...
	go tool staticcheck ./...

# install gets what $missing names: as root on a Debian-like machine it installs it,
# else it says what is missing and what $instead could stand in for it.
install = if [ -n "$$missing" ]; then \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "installing$$missing, which the tests run on"; \
		apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing >/dev/null || exit 1; \
	else \
		echo "missing:$$missing. On Debian and Ubuntu: apt-get install$$missing. $$instead"; \
		exit 1; \
	fi; fi

# needs sees to it that the tests have what they run on: a PostgreSQL server's
# programs, and the C compiler that Go's race detector asks for.
needs:
	@missing=; instead="In place of a local PostgreSQL, TEST_POSTGRES may name a server where databases can be created."; \
	[ -n "$$TEST_POSTGRES" ] || command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	command -v "$$(go env CC)" >/dev/null || missing="$$missing gcc libc6-dev"; \
	$(install)

# needs-node sees to it that there is Node, 20 or later, and its npm.
needs-node:
	@missing=; instead=; \
	command -v node >/dev/null || missing="$$missing nodejs"; \
	command -v npm >/dev/null || missing="$$missing npm"; \
	$(install); \
	if [ "$$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then \
		echo "Node $$(node --version) is too old: 20 or later is needed, which Debian 13 has."; exit 1; fi

# needs-browser sees to it that there is a Chromium, and letters for it to draw.
needs-browser:
	@missing=; instead="CHROMIUM may name one that stands elsewhere."; \
	[ -n "$$CHROMIUM" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium"; \
	[ -n "$$(fc-list 2>/dev/null)" ] || missing="$$missing fontconfig fonts-dejavu-core"; \
	$(install)
