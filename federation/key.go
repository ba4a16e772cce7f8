package federation

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
)

// Keys below are too weak, above too costly to verify with.
const (
	keyBitsMin  = 2048
	keyBitsMax  = 8192
	keyBytesMax = 8 << 10 // of its text
)

// publicKey is an actor's key, as the actor lists it.
type publicKey struct {
	ID     string
	Owner  string // IRI of the actor
	PEM    string
	Public *rsa.PublicKey // nil where the actor only names it
}

// readPublicKey reads an RSA key from its text, which is one PEM block.
func readPublicKey(text string) (*rsa.PublicKey, error) {
	if len(text) > keyBytesMax {
		return nil, unproven(keyForm, "the key's text is too long")
	}
	block, rest := pem.Decode([]byte(text))
	if block == nil || strings.TrimSpace(string(rest)) != "" {
		return nil, unproven(keyForm, "the key is not one PEM block")
	}
	var key any
	var err error
	switch block.Type {
	case "PUBLIC KEY":
		key, err = x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		key, err = x509.ParsePKCS1PublicKey(block.Bytes)
	}
	public, ok := key.(*rsa.PublicKey)
	if err != nil || !ok {
		return nil, unproven(keyForm, "the key is not an RSA public key").because(err)
	}
	if bits := public.N.BitLen(); bits < keyBitsMin || bits > keyBitsMax {
		return nil, unproven(keySize, "the key has %d bits: use one of %d to %d", bits, keyBitsMin, keyBitsMax)
	}
	return public, nil
}

// writePublicKey is a key's text, as an actor shows it.
func writePublicKey(key *rsa.PublicKey) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), nil
}

// fetchKey asks for a key where its id leads, which is its actor or a document
// of its own. Either way the actor that owns it must list it, and speak from the
// same origin. Nothing here follows a redirect.
func (c *client) fetchKey(ctx context.Context, id string) (*publicKey, error) {
	document, err := c.fetchExactly(ctx, id)
	if err != nil {
		return nil, err
	}
	if _, isKey := document.Object["publicKeyPem"]; !isKey {
		actor, err := readActor(document)
		if err != nil {
			return nil, err
		}
		return actor.key(id)
	}
	key, err := readKey(document.Object)
	if err != nil {
		return nil, err
	}
	if key.ID != id {
		return nil, foreign(documentID, "what stands at the key %s says to be %s", clip(id), clip(key.ID))
	}
	return c.ownedKey(ctx, key)
}

// ownedKey is a key that stands apart from its actor, once the actor lists it.
func (c *client) ownedKey(ctx context.Context, key *publicKey) (*publicKey, error) {
	if !sameOrigin(key.Owner, key.ID) {
		return nil, foreign(keyOwner, "the key %s says to be that of %s, which is elsewhere", clip(key.ID), clip(key.Owner))
	}
	document, err := c.fetchExactly(ctx, key.Owner)
	if err != nil {
		return nil, err
	}
	owner, err := readActor(document)
	if err != nil {
		return nil, err
	}
	listed, err := owner.listed(key.ID)
	if err != nil {
		return nil, err
	}
	if listed.Public != nil && !listed.Public.Equal(key.Public) {
		return nil, foreign(keyListed, "the actor %s lists another key as %s", clip(key.Owner), clip(key.ID))
	}
	return key, nil
}
