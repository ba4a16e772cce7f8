package web

import (
	"testing"

	"disconode/node/nodetest"
)

func TestMain(m *testing.M) { nodetest.Main(m) }
