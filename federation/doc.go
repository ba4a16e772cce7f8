// Package federation is the peers' door: ActivityPub with sister networks. Here
// are the addresses on the wire, signatures, keys, actors, inboxes and delivery.
// What a peer says is checked in this order, and the first failure ends it: its
// size, its form, its peer, its signature's parts, its key, the key's owner, whose
// the activity is, whether it came before.
//
// It keeps out meaning and books: which flows there are is said in valueflows,
// what may be recorded and who may see it in node. Nothing leaves the node but
// through the client of client.go.
package federation
