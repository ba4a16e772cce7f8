package model

import (
	"disconode/node"
	"disconode/valueflows"
)

// Contribution is a row of contributions; its month is null where it is not
// grouped by.
type Contribution struct {
	node.Contribution
	Month valueflows.Text
}
