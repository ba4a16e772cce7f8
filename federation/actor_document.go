package federation

import (
	"context"
	"slices"
)

// actorTypes are those of ActivityStreams (Vocabulary, 3.2).
var actorTypes = []string{"Application", "Group", "Organization", "Person", "Service"}

// remoteActor is an actor elsewhere, as its own document says.
type remoteActor struct {
	ID, Type                string
	Name, PreferredUsername string
	Inbox                   string
	SharedInbox             string // empty where it has none on its own origin
	Keys                    []publicKey
	Body                    []byte // the document as it came
	Object                  map[string]any
}

// fetchActor asks for an actor. Its document may say that its id is another of
// the same origin: compare it where it matters.
func (c *client) fetchActor(ctx context.Context, iri string) (*remoteActor, error) {
	document, err := c.fetchDocument(ctx, iri)
	if err != nil {
		return nil, err
	}
	return readActor(document)
}

// readActor reads an actor's document. Its inbox stands on its own origin, and
// each of its keys says that it is the actor's.
func readActor(d *document) (*remoteActor, error) {
	types := typesOf(d.Object)
	at := slices.IndexFunc(types, func(name string) bool { return slices.Contains(actorTypes, name) })
	if at < 0 {
		return nil, unanswered(actorForm, "%s is not an actor", clip(d.ID))
	}
	a := &remoteActor{
		ID: d.ID, Type: types[at], Name: textOf(d.Object["name"]), PreferredUsername: textOf(d.Object["preferredUsername"]),
		Inbox: idOf(d.Object["inbox"]), SharedInbox: textOf(objectOf(d.Object["endpoints"])["sharedInbox"]),
		Body: d.Body, Object: d.Object,
	}
	if !sameOrigin(a.Inbox, a.ID) {
		return nil, unanswered(actorInbox, "the inbox of %s is not where the actor is", clip(a.ID))
	}
	if !sameOrigin(a.SharedInbox, a.ID) {
		a.SharedInbox = ""
	}
	for _, value := range listOf(d.Object["publicKey"]) {
		if text := textOf(value); text != "" {
			a.Keys = append(a.Keys, publicKey{ID: text, Owner: a.ID})
			continue
		}
		key, err := readKey(objectOf(value))
		if err != nil {
			return nil, err
		}
		if key.Owner != a.ID || !sameOrigin(key.ID, a.ID) {
			return nil, foreign(keyOwner, "the key %s that %s lists says to be that of %s", clip(key.ID), clip(a.ID), clip(key.Owner))
		}
		a.Keys = append(a.Keys, *key)
	}
	return a, nil
}

// readKey reads a key's object.
func readKey(object map[string]any) (*publicKey, error) {
	key := &publicKey{ID: textOf(object["id"]), Owner: idOf(object["owner"]), PEM: textOf(object["publicKeyPem"])}
	if key.ID == "" || key.Owner == "" || key.PEM == "" {
		return nil, unproven(keyForm, "a key has no id, no owner or no publicKeyPem")
	}
	var err error
	key.Public, err = readPublicKey(key.PEM)
	return key, err
}

// listed is the entry by which the actor names a key.
func (a *remoteActor) listed(id string) (*publicKey, error) {
	at := slices.IndexFunc(a.Keys, func(k publicKey) bool { return k.ID == id })
	if at < 0 {
		return nil, foreign(keyListed, "the actor %s does not list the key %s", clip(a.ID), clip(id))
	}
	return &a.Keys[at], nil
}

// key is one of the actor's keys, as its document gives it.
func (a *remoteActor) key(id string) (*publicKey, error) {
	key, err := a.listed(id)
	if err == nil && key.Public == nil {
		err = unproven(keyMissing, "the actor %s names the key %s and does not show it", clip(a.ID), clip(id))
	}
	if err != nil {
		return nil, err
	}
	return key, nil
}
