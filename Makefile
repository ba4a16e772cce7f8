# What there is to do here. `make test` is the whole of it: what passes there is
# good to go.

.PHONY: run test bench generate build format generated vet needs

# run starts a node with a small farm's books in ./data, and prints its address, a
# token and three queries to try. A second run goes on with the same books.
run:
	@go run ./cmd/disconode demo

# test checks form, generated code and every package, on SQLite and PostgreSQL,
# with the race detector on.
test: format needs generated vet
	go test -race -timeout 20m ./...

# bench measures reads and writes against floors measured in the same run, and
# writes docs/BENCHMARKS.md.
bench: needs
	go test ./cmd/disconode -run '^$$' -bench '^BenchmarkAgainstFloors$$' -benchtime 1x -timeout 30m

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
sums = find . -type f -not -path './.git/*' -not -path './data/*' -not -path './bin/*' -print0 | LC_ALL=C sort -z | xargs -0 cksum
generated:
	@before=$$(mktemp); after=$$(mktemp); trap 'rm -f "$$before" "$$after"' EXIT; \
	$(sums) >"$$before" && go generate ./... && $(sums) >"$$after" && \
	if ! diff "$$before" "$$after"; then \
		echo "go generate changed these files: keep what it made"; exit 1; fi

vet:
	go vet ./...
	go tool staticcheck ./...

# needs sees to it that the tests have what they run on: a PostgreSQL server's
# programs, and the C compiler that Go's race detector asks for. As root on a
# Debian-like machine it installs them, else it says what is missing.
needs:
	@missing=; \
	[ -n "$$TEST_POSTGRES" ] || command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	command -v "$$(go env CC)" >/dev/null || missing="$$missing gcc libc6-dev"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "installing$$missing, which the tests run on"; \
		apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing >/dev/null; \
	else \
		echo "missing:$$missing. On Debian and Ubuntu: apt-get install$$missing. In place of a local PostgreSQL, TEST_POSTGRES may name a server where databases can be created."; \
		exit 1; \
	fi
