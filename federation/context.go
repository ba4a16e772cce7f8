package federation

import (
	"slices"
	"strings"
)

// Documents are read by their plain keys, and no context is ever fetched. So a
// context may add terms, and may not change what the keys that we read mean.

// contextsMax bounds the parts of one @context, termsMax the terms of one part.
const (
	contextsMax = 32
	termsMax    = 200
)

// knownContexts are those that a document may name by address. None of them
// gives a core term another meaning.
var knownContexts = set(
	"https://www.w3.org/ns/activitystreams",
	"http://www.w3.org/ns/activitystreams",
	"https://www.w3.org/ns/cid/v1",
	"https://www.w3.org/ns/credentials/v2",
	"https://www.w3.org/ns/did/v1",
	"https://www.w3.org/ns/did/v1.1",
	"https://w3id.org/identity/v1",
	"https://w3id.org/security/v1",
	"https://w3id.org/security/v2",
	"https://w3id.org/security/data-integrity/v1",
	"https://w3id.org/security/data-integrity/v2",
	"https://w3id.org/security/multikey/v1",
	"https://w3id.org/valueflows/ont/vf",
	"https://w3id.org/valueflows/ont/vf#",
	"https://w3id.org/valueflows/ont/vf.jsonld",
	"https://w3id.org/fep/5711",
	"https://w3id.org/fep/7888",
	"https://w3id.org/fep/7aa9",
	"https://w3id.org/fep/8b32",
	"https://w3id.org/fep/ef61",
	"https://gotosocial.org/ns",
	"https://join-lemmy.org/context.json",
	"https://purl.archive.org/miscellany",
	"https://purl.archive.org/socialweb/webfinger",
)

// The namespaces of the core terms, with the one prefix that each may have.
var coreNamespaces = map[string]string{
	"as":  "https://www.w3.org/ns/activitystreams#",
	"sec": "https://w3id.org/security#",
}

// coreTerms are the terms of ActivityStreams, ActivityPub and the security
// vocabulary that servers act on.
var coreTerms = set(strings.Fields(`
	id type Public
	Accept Activity Add Announce Application Arrive Article Audio Block Collection CollectionPage Create Delete Dislike
	Document Event Flag Follow Group Ignore Image IntransitiveActivity Invite Join Leave Like Link Listen Mention Move
	Note Object Offer OrderedCollection OrderedCollectionPage Organization Page Person Place Profile Question Read Reject
	Relationship Remove Service TentativeAccept TentativeReject Tombstone Travel Undo Update Video View
	accuracy actor alsoKnownAs altitude anyOf attachment attributedTo audience bcc bto cc closed content contentMap context
	current deleted describes downstreamDuplicates duration endTime endpoints first followers following formerType
	generator height href hreflang icon image inReplyTo inbox instrument items last latitude liked likes location
	longitude mediaType movedTo name nameMap next oauthAuthorizationEndpoint oauthTokenEndpoint object oneOf orderedItems
	origin outbox partOf preferredUsername prev preview provideClientKey proxyUrl published radius rel relationship
	replies result sharedInbox shares signClientKey source startIndex startTime streams subject summary summaryMap tag
	target to totalItems units updated uploadMedia upstreamDuplicates url width
	assertionMethod owner publicKey publicKeyPem proof proofPurpose proofValue verificationMethod`)...)

func set(words ...string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, word := range words {
		all[word] = true
	}
	return all
}

// checkMeaning refuses a document that says as JSON-LD something else than by
// its plain keys: with keywords, with core terms under other names, or with
// contexts that are not known or that change core terms.
func checkMeaning(value any) error {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			if err := checkMeaning(item); err != nil {
				return err
			}
		}
	case map[string]any:
		for key, inner := range value {
			check := checkMeaning
			switch {
			case key == "@context":
				check = checkContext
			case strings.HasPrefix(key, "@"):
				return bad(keywordForbidden, "the key %q is not read: write plain ActivityStreams, with id and type", clip(key))
			case isCore(key, nil):
				return bad(keywordForbidden, "the key %q is another spelling of a term of ActivityStreams: write the term", clip(key))
			}
			if err := check(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// isCore tells whether a name with a prefix, or an IRI, stands for a core term.
func isCore(name string, prefixes map[string]any) bool {
	full := expanded(name, prefixes)
	for _, namespace := range coreNamespaces {
		if local, ok := strings.CutPrefix(full, namespace); ok && coreTerms[local] {
			return full != name || strings.Contains(name, "#")
		}
	}
	return false
}

// expanded writes a name with a prefix in full, as far as its prefix is known.
func expanded(name string, prefixes map[string]any) string {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok || strings.HasPrefix(local, "//") {
		return name
	}
	if namespace := coreNamespaces[prefix]; namespace != "" {
		return namespace + local
	}
	if namespace := textOf(prefixes[prefix]); strings.Contains(namespace, "://") {
		return namespace + local
	}
	return name
}

// checkContext refuses a @context that is not known or that changes core terms.
func checkContext(value any) error {
	parts := listOf(value)
	if len(parts) > contextsMax {
		return bad(jsonLarge, "@context has more than %d parts", contextsMax)
	}
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			if !knownContexts[part] {
				return bad(contextUnknown, "the context %q is not one that this node knows: define your terms in the document itself", clip(part))
			}
		case map[string]any:
			if err := checkTerms(part); err != nil {
				return err
			}
		default:
			return bad(contextUnknown, "a part of @context is neither an address nor an object of terms")
		}
	}
	return nil
}

// checkTerms refuses terms that change what core terms mean, or that are further
// names of them.
func checkTerms(terms map[string]any) error {
	if len(terms) > termsMax {
		return bad(jsonLarge, "@context defines more than %d terms", termsMax)
	}
	for term, definition := range terms {
		iri, err := termIRI(term, definition)
		if err != nil {
			return err
		}
		if strings.HasPrefix(term, "@") {
			continue
		}
		full := expanded(iri, terms)
		known, isPrefix := coreNamespaces[term]
		switch {
		case isPrefix && full != known:
			return bad(contextRedefines, "@context gives the prefix %s another meaning", clip(term))
		case isPrefix:
		case slices.Contains([]string{coreNamespaces["as"], coreNamespaces["sec"]}, full):
			return bad(contextRedefines, "@context gives a core vocabulary a second prefix, %s", clip(term))
		case term == "id" && iri == "@id" || term == "type" && iri == "@type":
		case strings.HasPrefix(iri, "@"):
			return bad(contextRedefines, "@context gives %s a second name, %s", clip(iri), clip(term))
		case coreTerms[term] && full != coreNamespaces["as"]+term && full != coreNamespaces["sec"]+term && full != "http://www.w3.org/ns/ldp#"+term:
			return bad(contextRedefines, "@context gives %s another meaning", clip(term))
		case !coreTerms[term] && isCore(iri, terms):
			return bad(contextRedefines, "@context gives a core term a second name, %s", clip(term))
		}
	}
	return nil
}

// termIRI is what a term stands for. Keywords that only say how literals are
// read are let through.
func termIRI(term string, definition any) (string, error) {
	odd := bad(contextRedefines, "@context defines %q in a way that is not read: give it an IRI", clip(term))
	if strings.HasPrefix(term, "@") {
		if term == "@version" || term == "@language" || term == "@protected" {
			return "", nil
		}
		return "", odd
	}
	object := objectOf(definition)
	if object == nil {
		if text := textOf(definition); text != "" {
			return text, nil
		}
		return "", odd
	}
	for key := range object {
		if !slices.Contains([]string{"@id", "@type", "@container", "@protected", "@language"}, key) {
			return "", odd
		}
	}
	iri := textOf(object["@id"])
	for _, container := range listOf(object["@container"]) {
		if !slices.Contains([]string{"@set", "@list", "@language"}, textOf(container)) {
			return "", odd
		}
	}
	if iri == "" {
		return "", odd
	}
	return iri, nil
}
