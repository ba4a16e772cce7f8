package node

import (
	"context"
	"strings"
	"testing"

	"disconode/valueflows"
)

// A cursor that this node did not write is refused, whatever it is; one that it
// wrote is read back in its own list and LAB only.
func FuzzParseCursor(f *testing.F) {
	n := &Node{secret: []byte("secret")}
	ctx := WithPrincipal(context.Background(), Principal{Lab: valueflows.ID{1}, Role: Member})
	f.Add(n.Cursor(ctx, "economicEvents", 7), int64(7))
	f.Add("", int64(-1))
	f.Add(strings.Repeat("A", 27), int64(1<<62))
	f.Fuzz(func(t *testing.T, text string, position int64) {
		written := n.Cursor(ctx, "economicEvents", position)
		if got, err := n.ParseCursor(ctx, "economicEvents", written); err != nil || got != position {
			t.Errorf("%d came back as %d, %v", position, got, err)
		}
		if _, err := n.ParseCursor(ctx, "agents", written); err == nil {
			t.Error("read in another list")
		}
		elsewhere := WithPrincipal(ctx, Principal{Lab: valueflows.ID{2}, Role: Member})
		if _, err := n.ParseCursor(elsewhere, "economicEvents", written); err == nil {
			t.Error("read in another LAB")
		}
		if got, err := n.ParseCursor(ctx, "economicEvents", text); err == nil && text != n.Cursor(ctx, "economicEvents", got) {
			t.Errorf("%q was taken for %d", text, got)
		}
	})
}

// Any reference is a UUID, an IRI or a clear error; the same text is always the
// same id.
func FuzzRef(f *testing.F) {
	n := &Node{baseURL: "https://books.example", cache: newCache()}
	for _, text := range []string{"", "https://alice.example", "https://alice.example/", "urn:uuid:e5afaa28-1080-4912-835b-46883efb83e6",
		"https://books.example/vf/Process/01890000-0000-7000-8000-000000000000", "javascript:alert(1)", "https://", "\x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.HasPrefix(text, "https://books.example/labs/") {
			return // asks the store
		}
		ctx := WithNames(context.Background())
		id, err := n.Ref(ctx, text)
		again, errAgain := n.Ref(ctx, text)
		if id != again || (err == nil) != (errAgain == nil) {
			t.Errorf("%q is %s and %s", text, id, again)
		}
		if err == nil && id.IsZero() && !strings.Contains(text, "00000000-0000-0000-0000-000000000000") {
			t.Errorf("%q names nothing", text)
		}
	})
}
