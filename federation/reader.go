package federation

import (
	"context"
	"net/http"

	"disconode/node"
	"disconode/valueflows"
)

// readers are the peers, one for each LAB of ours, as which somebody reads: all
// are of the one actor that signed the request. Only those of one LAB, unless
// that is zero.
//
// Whether what is asked for exists is looked up after this, so that who may not
// read is answered the same either way.
func (f *Federation) readers(r *http.Request, lab valueflows.ID) ([]*node.Peer, error) {
	ctx := r.Context()
	signed, err := f.signatures.parse(r, nil, f.now())
	if err != nil {
		return nil, err
	}
	followers, err := f.node.Followers(ctx, lab)
	if err != nil {
		return nil, err
	}
	var near []*node.Peer
	for _, p := range followers {
		if sameOrigin(p.IRI, signed.KeyID) {
			near = append(near, p)
		}
	}
	if len(near) == 0 { // its key is not asked for
		return nil, errNotShown
	}
	owner, err := f.verified(ctx, signed)
	if status := refusalOf(err).Status; err != nil && (status == http.StatusUnauthorized || status == http.StatusForbidden) {
		return nil, errNotShown.because(err) // who follows whom is not told by how a forged key is refused
	}
	if err != nil {
		return nil, err
	}
	var readers []*node.Peer
	for _, p := range near {
		if p.IRI == owner {
			readers = append(readers, p)
		}
	}
	if len(readers) == 0 {
		return nil, errNotShown
	}
	return readers, nil
}

// readerOf is the peer as which somebody reads what a LAB shares.
func (f *Federation) readerOf(r *http.Request) (*node.Peer, *node.Lab, error) {
	lab, err := f.lab(r)
	if err != nil && !isMissing(err) {
		return nil, nil, err
	}
	if lab == nil { // nobody reads of a LAB that is not: the answer is that for one that is
		if _, err := f.signatures.parse(r, nil, f.now()); err != nil {
			return nil, nil, err
		}
		return nil, nil, errNotShown
	}
	readers, err := f.readers(r, lab.ID)
	if err != nil {
		return nil, nil, err
	}
	return readers[0], lab, nil
}

// verified is the actor whose key signed a request.
func (f *Federation) verified(ctx context.Context, signed *signed) (owner string, err error) {
	ways, err := f.out(ctx)
	if err != nil {
		return "", err
	}
	key, err := ways.keyring.verify(ctx, signed)
	if reasonOf(err) == redirectRefused {
		return "", foreign(redirectRefused, "the key %s stands behind a redirect: whose it is, nobody can tell", clip(signed.KeyID)).because(err)
	}
	if err != nil {
		return "", err
	}
	return key.Owner, nil
}

var errNotShown = foreign(notShown, "this is shown to sister LABs that its steward approved, when they sign the request")
