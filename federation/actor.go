package federation

import (
	"net/http"
	"net/url"

	"github.com/go-fed/activity/streams"
	"github.com/go-fed/activity/streams/vocab"

	"disconode/node"
	"disconode/valueflows"
)

// mainKey is the fragment that names an actor's key.
const mainKey = "#main-key"

// nodeActor is the IRI of the node's own actor.
func (f *Federation) nodeActor() string { return f.node.BaseURL() + "/actor" }

// labActor is the IRI of a LAB, and of its actor.
func (f *Federation) labActor(slug string) string { return f.node.BaseURL() + "/labs/" + slug }

// actorContext is the @context of our actors: inline where it is not one that
// every server knows.
var actorContext = []any{
	profile, "https://w3id.org/security/v1",
	map[string]any{
		"toot": "http://joinmastodon.org/ns#", "discoverable": "toot:discoverable",
		"implements": map[string]any{"@id": "https://w3id.org/fep/844e/implements", "@type": "@id", "@container": "@list"},
	},
}

// generator says what the node understands (FEP-844e).
var generator = map[string]any{
	"type": "Application", "name": "disconode",
	"implements": []any{map[string]any{"type": "Link", "name": "RFC-9421: HTTP Message Signatures", "href": "https://datatracker.ietf.org/doc/html/rfc9421"}},
}

// actorType is what the library's actors have in common.
type actorType interface {
	vocab.Type
	SetJSONLDId(vocab.JSONLDIdProperty)
	SetActivityStreamsName(vocab.ActivityStreamsNameProperty)
	SetActivityStreamsPreferredUsername(vocab.ActivityStreamsPreferredUsernameProperty)
	SetActivityStreamsInbox(vocab.ActivityStreamsInboxProperty)
	SetActivityStreamsOutbox(vocab.ActivityStreamsOutboxProperty)
	SetActivityStreamsFollowers(vocab.ActivityStreamsFollowersProperty)
	SetW3IDSecurityV1PublicKey(vocab.W3IDSecurityV1PublicKeyProperty)
	SetTootDiscoverable(vocab.TootDiscoverableProperty)
}

// showNode shows the node's own actor, which signs what the node asks for. It is
// shown to everybody: who could not read its key could not check the signature.
func (f *Federation) showNode(w http.ResponseWriter, r *http.Request) error {
	iri := f.nodeActor()
	key, err := f.signer(r.Context(), valueflows.ID{}, iri)
	if err != nil {
		return err
	}
	document, err := describe(streams.NewActivityStreamsApplication(), iri, f.signatures.base.Host, f.signatures.base.Hostname(), key)
	if err != nil {
		return err
	}
	return showDocument(w, r, http.StatusOK, document)
}

// showLab shows a LAB's actor: its name and its key, no books.
func (f *Federation) showLab(w http.ResponseWriter, r *http.Request) error {
	lab, err := f.lab(r)
	if err != nil {
		return err
	}
	document, err := f.describeLab(r, lab)
	if err != nil {
		return err
	}
	return showDocument(w, r, http.StatusOK, document)
}

func (f *Federation) describeLab(r *http.Request, lab *node.Lab) (map[string]any, error) {
	iri := f.labActor(lab.Slug)
	key, err := f.signer(r.Context(), lab.ID, iri)
	if err != nil {
		return nil, err
	}
	organization := streams.NewActivityStreamsOrganization()
	followers := streams.NewActivityStreamsFollowersProperty()
	if err := setIRI(followers, iri+"/followers"); err != nil {
		return nil, err
	}
	organization.SetActivityStreamsFollowers(followers)
	return describe(organization, iri, lab.Name, lab.Slug, key)
}

// describe writes an actor of ours with the library's types, which know the
// properties' names; what they do not know is added to it.
func describe(a actorType, iri, name, username string, key *signer) (map[string]any, error) {
	id, inbox, outbox := streams.NewJSONLDIdProperty(), streams.NewActivityStreamsInboxProperty(), streams.NewActivityStreamsOutboxProperty()
	for _, each := range []struct {
		property interface{ SetIRI(*url.URL) }
		iri      string
	}{{id, iri}, {inbox, iri + "/inbox"}, {outbox, iri + "/outbox"}} {
		if err := setIRI(each.property, each.iri); err != nil {
			return nil, err
		}
	}
	a.SetJSONLDId(id)
	a.SetActivityStreamsInbox(inbox)
	a.SetActivityStreamsOutbox(outbox)
	names := streams.NewActivityStreamsNameProperty()
	names.AppendXMLSchemaString(name)
	a.SetActivityStreamsName(names)
	preferred := streams.NewActivityStreamsPreferredUsernameProperty()
	preferred.SetXMLSchemaString(username)
	a.SetActivityStreamsPreferredUsername(preferred)
	discoverable := streams.NewTootDiscoverableProperty()
	discoverable.Set(false)
	a.SetTootDiscoverable(discoverable)
	document, err := streams.Serialize(a)
	if err != nil {
		return nil, err
	}
	text, err := writePublicKey(&key.Key.PublicKey)
	if err != nil {
		return nil, err
	}
	document["publicKey"] = map[string]any{"id": key.KeyID, "owner": iri, "publicKeyPem": text}
	document["@context"], document["generator"] = actorContext, generator
	return document, nil
}

// setIRI has a property name something by its IRI.
func setIRI(property interface{ SetIRI(*url.URL) }, iri string) error {
	u, err := url.Parse(iri)
	if err != nil {
		return err
	}
	property.SetIRI(u)
	return nil
}

// refuseToNode refuses an activity for the node's own actor, which keeps no books.
func (f *Federation) refuseToNode(http.ResponseWriter, *http.Request) error {
	return foreign(notShown, "the node itself takes no activities: send them to a LAB's inbox")
}

// showNodeOutbox shows that the node's own actor says nothing.
func (f *Federation) showNodeOutbox(w http.ResponseWriter, r *http.Request) error {
	return showDocument(w, r, http.StatusOK, map[string]any{"@context": profile, "id": f.nodeActor() + "/outbox", "type": "OrderedCollection", "totalItems": 0})
}

// hideInbox tells nobody what came: not to whom it came, not from whom.
func (f *Federation) hideInbox(http.ResponseWriter, *http.Request) error {
	return foreign(notShown, "an inbox is shown to nobody")
}
