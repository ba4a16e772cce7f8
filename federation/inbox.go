package federation

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"disconode/node"
)

// posted is what a peer posted to a LAB's inbox, on its way in. It is collected
// first and committed then, in one command, so that the writer may run the
// command again.
type posted struct {
	envelope
	Lab  *node.Lab
	Peer *node.Peer // nil for a stranger
	Raw  []byte
	lab  string // IRI of the LAB
	ours string // the node's base URL

	// What is to be done, once the activity has been read: one of the two.
	receive *node.Activity
	ask     *node.Knock
}

type postedKey struct{}

// postedOf is what is on its way in under a context.
func postedOf(ctx context.Context) *posted {
	p, _ := ctx.Value(postedKey{}).(*posted)
	return p
}

var errOutside = errors.New("an activity came past the edge")

// inbox takes what a peer posts. Whatever it is, it is answered when it is
// committed, and not before.
func (f *Federation) inbox(w http.ResponseWriter, r *http.Request) error {
	lab, err := f.lab(r)
	if err != nil {
		return err
	}
	p := &posted{Lab: lab, lab: f.labActor(lab.Slug), ours: f.node.BaseURL()}
	if err := f.take(w, r, p); err != nil {
		f.refuse(w, r, err, "lab", lab.Slug, "actor", clip(p.Actor), "kind", p.Kind, "id", clip(p.ID))
		return nil
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

// take checks what came, cheapest first, and commits it. Nothing is fetched for
// an actor that no steward knows.
func (f *Federation) take(w http.ResponseWriter, r *http.Request, p *posted) error {
	ctx := r.Context()
	if !isActivity(r.Header) {
		return &refusal{Reason: mediaType, Status: http.StatusUnsupportedMediaType, Text: "an inbox takes " + activityType}
	}
	var err error
	if p.Raw, err = readRequest(w, r, requestBytesMax); err != nil {
		return err
	}
	activity, err := readJSON(p.Raw)
	if err != nil {
		return err
	}
	read, err := readEnvelope(activity)
	if err != nil {
		return err
	}
	p.envelope = *read
	now := f.now()
	signed, err := f.signatures.parse(r, p.Raw, now)
	if err != nil {
		return err
	}
	if !sameOrigin(signed.KeyID, p.Actor) {
		return foreign(keyOwner, "the key %s cannot be that of %s, which is elsewhere", clip(signed.KeyID), clip(p.Actor))
	}
	p.Peer, err = f.node.Peer(ctx, p.Lab.ID, p.Actor)
	if err != nil && !isMissing(err) {
		return err
	}
	switch {
	case p.Peer != nil && p.Peer.Blocked:
		return errBlocked
	case !known(p.Peer):
		return f.knock(ctx, p, signed)
	}
	owner, err := f.verified(ctx, signed)
	if err != nil {
		return err
	}
	if owner != p.Actor {
		return foreign(keyOwner, "the key %s is that of %s: it cannot sign for %s", clip(signed.KeyID), clip(owner), clip(p.Actor))
	}
	return f.commit(ctx, p, signed)
}

// knock takes a stranger's request to follow, unverified and with its proof: its
// key is asked for when a steward wants to know of it. Nothing else is taken.
func (f *Federation) knock(ctx context.Context, p *posted, signed *signed) error {
	if p.Kind != "Follow" {
		return foreign(peerUnknown, "%s takes nothing from %s: ask to follow it, and wait for its steward", clip(p.lab), clip(p.Actor))
	}
	if err := f.read(ctx, p); err != nil {
		return err
	}
	if !f.knocks.may(f.now()) {
		return node.ErrTooMany
	}
	proof, err := signed.stored()
	if err != nil {
		return err
	}
	p.ask.Proof = string(proof)
	return f.node.Ask(ctx, *p.ask)
}

// commit takes what a known peer sent. The same request again, to the same
// inbox, is answered as the first was; to another it does not come here, since
// its signature names the address.
func (f *Federation) commit(ctx context.Context, p *posted, signed *signed) error {
	if err := f.read(ctx, p); err != nil {
		return err
	}
	again := f.replays.first(signed, f.now()) != nil
	var err error
	switch {
	case p.ask != nil && again: // to ask is answered each time, but for this
	case p.ask != nil:
		err = f.node.Ask(ctx, *p.ask)
	default:
		err = f.node.Receive(ctx, *p.receive)
	}
	if err != nil && !again {
		f.replays.forget(signed)
	}
	return err
}

// read has the library read the activity, which notes what is to be done.
func (f *Federation) read(ctx context.Context, p *posted) error {
	if !sameOrigin(p.ID, p.Actor) {
		return foreign(activityOrigin, "the activity %s is not of the origin of its actor %s", clip(p.ID), clip(p.Actor))
	}
	reduced, err := p.reduced()
	if err != nil {
		return err
	}
	ctx = context.WithValue(ctx, postedKey{}, p)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.lab+"/inbox", bytes.NewReader(reduced))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", activityType)
	answer := &heldBack{header: http.Header{}}
	handled, err := f.actor.PostInbox(ctx, answer, r)
	var refused *refusal
	switch {
	case errors.As(err, &refused):
		return refused
	case errors.Is(err, errOutside):
		return err
	case err != nil: // it could not be read: it is not as ActivityStreams has it
		return bad(activityForm, "the activity is not one of ActivityStreams").because(err)
	case !handled:
		return errOutside
	case answer.status == http.StatusForbidden:
		return errBlocked
	case answer.status != http.StatusOK:
		return bad(activityForm, "the activity is not one of ActivityStreams")
	case p.receive == nil && p.ask == nil:
		return errOutside
	}
	return nil
}

var errBlocked = foreign(peerBlocked, "this LAB takes nothing from this actor")

// known tells whether a steward allowed a peer: by approving it, or by asking it.
func known(p *node.Peer) bool {
	return p != nil && !p.Blocked && (p.Follower == node.Approved || p.Following != "")
}

// heldBack is the library's answer, which nobody gets: the peer is answered after
// the commit.
type heldBack struct {
	header http.Header
	status int
}

func (h *heldBack) Header() http.Header         { return h.header }
func (h *heldBack) Write(b []byte) (int, error) { return len(b), nil }
func (h *heldBack) WriteHeader(status int)      { h.status = status }

// note says that the activity is to be received, with its object where that is
// embedded.
func (p *posted) note() error {
	p.receive = &node.Activity{Lab: p.Lab.ID, Actor: p.Actor, IRI: p.ID, Kind: p.Kind, ObjectIRI: p.ObjectID, Raw: p.Raw}
	object := objectOf(p.Object)
	if object == nil {
		return nil
	}
	var err error
	p.receive.Object, err = json.Marshal(object)
	return err
}

// ownObject refuses an object that is not the actor's to speak of: of another
// origin, or of another owner on the same.
func (p *posted) ownObject() error {
	if p.ObjectID == "" {
		return bad(objectForm, "the object of a %s has an id", p.Kind)
	}
	if !sameOrigin(p.ObjectID, p.Actor) {
		return foreign(objectOrigin, "the object %s is not of the origin of the actor %s", clip(p.ObjectID), clip(p.Actor))
	}
	for _, owner := range []string{"attributedTo", "actor"} {
		for _, each := range listOf(objectOf(p.Object)[owner]) {
			if idOf(each) != p.Actor {
				return foreign(objectOwner, "the object %s says to be that of %s, not of %s", clip(p.ObjectID), clip(idOf(each)), clip(p.Actor))
			}
		}
	}
	return nil
}
