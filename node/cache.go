package node

import (
	"sync"

	"disconode/node/store"
	"disconode/valueflows"
)

// cacheMax is how many records of a kind are kept in memory; past it they are
// dropped and read again.
const cacheMax = 100_000

// seen is an agent as one LAB sees it.
type seen struct{ lab, id valueflows.ID }

// cache keeps in memory what changes slowly: agents, specifications, units and
// LABs. A change to any of them, by this process or another, drops it all.
type cache struct {
	mu         sync.RWMutex
	version    int64 // the books' count of such changes, as last seen
	generation int64 // how often it was dropped
	agents     map[seen]*valueflows.Agent
	units      map[valueflows.ID]*valueflows.Unit
	kinds      map[valueflows.ID]*valueflows.ResourceSpecification
	stages     map[valueflows.ID]*valueflows.ProcessSpecification
	labs       []*store.Lab // nil: not read yet
	// origins are the LABs elsewhere that each LAB follows; nil: not read yet.
	origins map[valueflows.ID][]valueflows.ID
	actors  map[valueflows.ID]string // the IRIs of the LABs elsewhere
}

func newCache() *cache {
	c := &cache{}
	c.clear()
	return c
}

func (c *cache) clear() {
	c.generation++
	c.agents = map[seen]*valueflows.Agent{}
	c.units = map[valueflows.ID]*valueflows.Unit{}
	c.kinds = map[valueflows.ID]*valueflows.ResourceSpecification{}
	c.stages = map[valueflows.ID]*valueflows.ProcessSpecification{}
	c.labs, c.origins, c.actors = nil, nil, nil
}

func (c *cache) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
}

// at drops what is kept where the books have moved on to another version.
func (c *cache) at(version int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version {
		c.version = version
		c.clear()
	}
}

// cached gets what is kept of some keys, and reads and keeps the rest.
func cached[K comparable, V any](c *cache, kept func(*cache) map[K]*V, keys []K, key func(*V) K, read func([]K) ([]*V, error)) (map[K]*V, error) {
	found := make(map[K]*V, len(keys))
	var missing []K
	c.mu.RLock()
	generation := c.generation
	for _, k := range keys {
		if v, ok := kept(c)[k]; ok {
			found[k] = v
		} else {
			missing = append(missing, k)
		}
	}
	c.mu.RUnlock()
	if len(missing) == 0 {
		return found, nil
	}
	values, err := read(missing)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(kept(c)) > cacheMax {
		c.clear()
	}
	for _, v := range values {
		k := key(v)
		found[k] = v
		if c.generation == generation { // else it may be what was before a change
			kept(c)[k] = v
		}
	}
	return found, nil
}
