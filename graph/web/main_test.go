package web

import (
	"testing"

	"disconode/node/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }
