package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"disconode/node"
	"disconode/valueflows"
)

// sharing is the page of the sister LABs: who asks, who receives, what went out,
// and why something did not arrive.
var sharing = page{
	path: "/sharing", document: "sharing", variables: func(v *visit) (vars, error) { return vars{"lab": v.Who.Lab.String()}, nil }, view: into(sharingView), template: "sharing",
	forms: []form{
		peerForm("follow", "Asked. Once their steward agrees, what they share arrives here."),
		peerForm("unfollow", "Asked for no more. What they told is no longer shown."),
		peerForm("approve", "Approved. They receive what the LAB shares from now on, and what it shared before."),
		peerForm("reject", "Turned away."),
		peerForm("block", "Blocked. Nothing goes there any more, and nothing is taken from there."),
		peerForm("unblock", "No longer blocked. They can ask again."),
		{name: "share-name", document: "share-my-name", variables: shareName, done: nameShared},
	},
}

// audienceOffered is the sharing agreement that a LAB begins with.
const audienceOffered = "all"

const entriesSize = 25

// peerForm does something about a sister LAB, named by its address.
func peerForm(name, said string) form {
	field := "peer"
	if name == "follow" {
		field = name
	}
	return form{
		name: name, document: name + "-peer", fields: map[string]string{"actor": field},
		variables: func(v *visit) (vars, error) {
			given := vars{"actor": strings.TrimSpace(v.Value("actor"))}
			if given["actor"] == "" {
				return nil, atField(field, "Write the address of the sister LAB, such as https://vermont.example/labs/cooperation-vermont.")
			}
			if name == "approve" {
				given["audience"] = orElse(v.Value("audience"), audienceOffered)
			}
			return given, nil
		},
		done: func(*visit, json.RawMessage) (string, string, error) { return "/sharing", said, nil },
	}
}

func shareName(v *visit) (vars, error) { return vars{"share": v.Value("share") == "yes"}, nil }

func nameShared(v *visit, _ json.RawMessage) (string, string, error) {
	if v.Value("share") == "yes" {
		return "/sharing", "From now on sister groups see your name beside what you did.", nil
	}
	return "/sharing", "From now on sister groups see a pseudonym in place of your name.", nil
}

func peersVariables(v *visit) (vars, error) {
	given := vars{"first": entriesSize}
	if before := v.Request.URL.Query().Get("before"); before != "" {
		position, err := strconv.Atoi(before)
		if err != nil {
			return nil, atField("before", "There is no such place in the list.")
		}
		given["before"] = position
	}
	return given, nil
}

// seesPeers and changesPeers tell what the reader may do with sister LABs.
func (v *visit) seesPeers() bool { return node.May(v.Who.Role, node.See, node.Peers) != node.Never }
func (v *visit) changesPeers() bool {
	return node.May(v.Who.Role, node.Change, node.Peers) != node.Never
}

// peer is a sister LAB.
type peer struct {
	ID, IRI, Name       string
	Follower, Following string // PeerState; empty: not at all
	Audience            string
	Blocked             bool
	Requested           string
	Error               string
	Delivery            *delivery
}

// delivery is how sending to a sister LAB goes.
type delivery struct {
	Sent, Waiting, Attempts      json.Number
	NextTry, LastError, LastSent string
}

type sharedEntry struct {
	Position      json.Number
	At, Kind, IRI string
}

// refusal is something that a sister LAB sent and that was not taken.
type refusal struct{ At, Reason, Object string }

type sharingAnswer struct {
	SharesMyName bool
	Organization struct{ IRI string }
}

type peersAnswer struct {
	Peers         []peer
	SharedEntries []sharedEntry
	Refusals      []refusal
}

type sharingShown struct {
	SharesMyName   bool
	Sees, Changes  bool // may the reader
	Asking, Others []peer
	Entries        []sharedEntry
	Older          string
	Audience       string
	Refusals       []refusal
	Ours           string // our LAB's address
}

func sharingView(v *visit, mine sharingAnswer) (any, error) {
	shown := sharingShown{SharesMyName: mine.SharesMyName, Sees: v.seesPeers(), Changes: v.changesPeers(), Audience: audienceOffered, Ours: mine.Organization.IRI}
	if !shown.Sees {
		return shown, nil
	}
	given, err := peersVariables(v)
	if err != nil {
		return nil, err
	}
	a, err := ask[peersAnswer](v, "peers", given)
	if err != nil {
		return nil, err
	}
	shown.Entries, shown.Refusals = a.SharedEntries, a.Refusals
	slices.SortStableFunc(a.Peers, func(x, y peer) int { return strings.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name)) })
	for _, p := range a.Peers {
		if p.Asks() {
			shown.Asking = append(shown.Asking, p)
		} else {
			shown.Others = append(shown.Others, p)
		}
	}
	if n := len(a.SharedEntries); n == entriesSize {
		shown.Older = "/sharing?" + url.Values{"before": {a.SharedEntries[n-1].Position.String()}}.Encode() + "#out"
	}
	return shown, nil
}

// Asks tells whether it waits for a steward's word.
func (p *peer) Asks() bool { return p.Follower == "REQUESTED" && !p.Blocked }

// Address is where its page is, where that is on the web.
func (p *peer) Address() string {
	if onTheWeb(p.IRI) {
		return p.IRI
	}
	return ""
}

// Followed tells whether we asked for what it shares and may still get it.
func (p *peer) Followed() bool { return p.Following == "REQUESTED" || p.Following == "APPROVED" }

// States tell how things stand, in plain words.
func (p *peer) States() []string {
	var all []string
	if p.Blocked {
		all = append(all, "It is blocked: nothing goes there, and nothing is taken from there.")
	}
	if text := followerTexts[p.Follower]; text != "" && !p.Blocked {
		all = append(all, text)
	}
	if text := followingTexts[p.Following]; text != "" && !p.Blocked {
		all = append(all, text)
	}
	return all
}

var followerTexts = map[string]string{
	"REQUESTED": "It asks to receive what we share.",
	"APPROVED":  "It receives what we share.",
	"REJECTED":  "It asked to receive what we share, and was turned away.",
	"FAILED":    "It asked to receive what we share, and could not be answered.",
}

var followingTexts = map[string]string{
	"REQUESTED": "We asked to receive what it shares; it has not answered yet.",
	"APPROVED":  "We receive what it shares.",
	"REJECTED":  "We asked to receive what it shares, and were turned away.",
	"FAILED":    "We asked to receive what it shares, and it could not be reached.",
}

// What tells what kind of record was told of, and how, in plain words.
func (e *sharedEntry) What() string {
	for class := range strings.SplitSeq(e.IRI, "/") {
		if name := classTexts[class]; name != "" {
			return name + kindTexts[e.Kind]
		}
	}
	return "A record" + kindTexts[e.Kind]
}

var kindTexts = map[string]string{"Create": "", "Update": ", changed", "Delete": ", taken away"}

// classTexts are what a part of an address tells of the record behind it.
var classTexts = map[string]string{
	string(valueflows.ClassPerson): "A person", string(valueflows.ClassOrganization): "An organization", string(valueflows.ClassEcologicalAgent): "A living thing",
	string(valueflows.ClassUnit): "A unit", string(valueflows.ClassResourceSpecification): "A kind of thing or work", string(valueflows.ClassProcessSpecification): "A kind of project",
	string(valueflows.ClassProcess): "A project", string(valueflows.ClassEconomicEvent): "Something that happened", string(valueflows.ClassEconomicResource): "A thing or a stock",
	string(valueflows.ClassBatchLotRecord): "A lot", string(valueflows.ClassSpatialThing): "A place", "labs": "An organization", "om-2": "A unit",
}

// Page is where the record can be read here.
func (e *sharedEntry) Page() string {
	u, err := url.Parse(e.IRI)
	if err != nil || !strings.HasPrefix(u.Path, "/vf/") {
		return ""
	}
	return u.EscapedPath()
}
