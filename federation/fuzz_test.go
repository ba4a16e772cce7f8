package federation

import (
	"encoding/json"
	"slices"
	"testing"
)

// Whatever a peer signs and sends is answered with one of few statuses, and what
// is refused changes nothing.
func FuzzInbox(f *testing.F) {
	d := newDoor(f, "", "https://us.example")
	s := d.newSister().followed()
	for _, activity := range []map[string]any{
		s.activity("Create", s.event("e", "1")), s.activity("Update", s.event("e", "2")), s.activity("Delete", s.URL+"/vf/EconomicEvent/e"),
		s.activity("Accept", d.base+"/labs/farms/messages/1"), s.activity("Undo", s.follow()), s.follow(), s.activity("Like", nil),
	} {
		body, err := json.Marshal(activity)
		d.must(err)
		f.Add(string(body))
	}
	f.Add(`{"type": ["Create", "Create"], "actor": {"id": "x"}, "to": [[]]}`)
	before := d.seen()
	f.Fuzz(func(t *testing.T, body string) {
		d.t = t
		code, why := d.answer(d.signed(&signer{KeyID: s.actor + mainKey, Key: s.key}, "POST", "/labs/farms/inbox", body))
		if !slices.Contains([]int{202, 400, 401, 403, 409, 413, 429}, code) {
			t.Fatalf("%d %s", code, why)
		}
		if after := d.seen(); code != 202 && after != before {
			t.Fatalf("refused with %d %s, and the books have changed", code, why)
		} else {
			before = after
		}
	})
}
