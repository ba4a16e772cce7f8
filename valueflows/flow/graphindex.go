package flow

import (
	"encoding/binary"
	"math/bits"

	"disconode/valueflows"
)

// index finds what an id stands for: an open table of references, whose ids
// the graph has. It takes some 8 bytes a record where a map takes 40.
type index struct {
	slots []ref // a power of two of them, at most three quarters in use
	used  int
}

const indexSlotsMin = 64

func (x *index) find(id valueflows.ID, g *Graph) ref {
	if len(x.slots) == 0 {
		return 0
	}
	mask := uint64(len(x.slots) - 1)
	for i := hash(id) & mask; ; i = (i + 1) & mask {
		if r := x.slots[i]; r == 0 || g.id(r) == id {
			return r
		}
	}
}

// put adds a reference whose id is not there yet.
func (x *index) put(r ref, g *Graph) {
	if 4*(x.used+1) > 3*len(x.slots) {
		old := x.slots
		x.slots = make([]ref, max(indexSlotsMin, 2*len(old)))
		for _, o := range old {
			if o != 0 {
				x.place(o, g)
			}
		}
	}
	x.place(r, g)
	x.used++
}

func (x *index) place(r ref, g *Graph) {
	mask := uint64(len(x.slots) - 1)
	i := hash(g.id(r)) & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = r
}

// hash mixes the two halves of an id: of a UUIDv7 the first says the time, the
// second is random.
func hash(id valueflows.ID) uint64 {
	high, low := bits.Mul64(binary.LittleEndian.Uint64(id[:8])^0x9e3779b97f4a7c15, binary.LittleEndian.Uint64(id[8:])^0xd1b54a32d192ed03)
	return high ^ low
}
