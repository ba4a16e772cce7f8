package node

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"disconode/valueflows"
)

// Cursor writes a place in a list so that nobody can make one up: the journal
// position, authenticated together with the scope (what is listed, and how it
// is filtered) and the LAB whose books are read.
func (n *Node) Cursor(ctx context.Context, scope string, position int64) string {
	text := binary.BigEndian.AppendUint64(nil, uint64(position))
	return base64.RawURLEncoding.EncodeToString(append(text, n.seal(ctx, scope, text)...))
}

const sealBytes = 12

func (n *Node) seal(ctx context.Context, scope string, text []byte) []byte {
	mac := hmac.New(sha256.New, n.secret)
	p := PrincipalOf(ctx)
	mac.Write(p.Lab[:])
	mac.Write(text)
	mac.Write([]byte(scope))
	return mac.Sum(nil)[:sealBytes]
}

// ParseCursor reads a cursor of the same scope and LAB. Any other text is an
// [*valueflows.InputError], code INVALID_CURSOR.
func (n *Node) ParseCursor(ctx context.Context, scope, text string) (int64, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) != 8+sealBytes || !hmac.Equal(raw[8:], n.seal(ctx, scope, raw[:8])) {
		return 0, valueflows.Invalid("INVALID_CURSOR", "the cursor is not of this list: use a startCursor or endCursor that the same query gave, or leave it out")
	}
	return int64(binary.BigEndian.Uint64(raw)), nil
}
