package federation

import (
	"container/list"
	"sync"
)

// recent remembers at most so many things, and of more those asked for last.
type recent[K comparable, V any] struct {
	most int

	mu    sync.Mutex
	known map[K]*list.Element
	order *list.List // newest in front
}

type recentEntry[K comparable, V any] struct {
	key   K
	value V
}

func newRecent[K comparable, V any](most int) *recent[K, V] {
	return &recent[K, V]{most: most, known: map[K]*list.Element{}, order: list.New()}
}

// swap puts what change makes of the value known under a key; change is told
// whether there is one, and says whether to keep what it returns.
func (m *recent[K, V]) swap(key K, change func(value V, known bool) (V, bool)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, known := m.known[key]
	var value V
	if known {
		value = at.Value.(*recentEntry[K, V]).value
	}
	value, keep := change(value, known)
	switch {
	case keep && known:
		at.Value.(*recentEntry[K, V]).value = value
		m.order.MoveToFront(at)
	case keep:
		m.known[key] = m.order.PushFront(&recentEntry[K, V]{key, value})
		if m.order.Len() > m.most {
			oldest := m.order.Back()
			m.order.Remove(oldest)
			delete(m.known, oldest.Value.(*recentEntry[K, V]).key)
		}
	case known:
		m.order.Remove(at)
		delete(m.known, key)
	}
}

// get is the value known under a key.
func (m *recent[K, V]) get(key K) (found V, known bool) {
	m.swap(key, func(value V, is bool) (V, bool) {
		found, known = value, is
		return value, is
	})
	return found, known
}

// put keeps a value under a key.
func (m *recent[K, V]) put(key K, value V) {
	m.swap(key, func(V, bool) (V, bool) { return value, true })
}

// length is how many things are remembered.
func (m *recent[K, V]) length() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.order.Len()
}
