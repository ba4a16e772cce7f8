package web

import (
	"slices"

	"disconode/valueflows"
)

// saying is how an action is told to members: what the provider did, what stands
// before the receiver and before the process, and what the vocabulary calls it.
type saying struct {
	did  string
	do   string // the same, yet to be done
	to   string // before the receiver, where that is another
	in   string // before the process
	help string
}

// sayings are members' words for the actions; the vocabulary's are in the help.
var sayings = map[valueflows.Action]saying{
	"produce":           {"made", "make", "for", "in", "produce: something new came out of a process"},
	"consume":           {"used up", "use up", "for", "in", "consume: it went into a process and is gone"},
	"use":               {"gave the use of", "give the use of", "to", "in", "use: it served in a process and is there afterwards"},
	"work":              {"worked", "work", "for", "on", "work: labour went into a process"},
	"cite":              {"gave as a reference", "give as a reference", "to", "in", "cite: a process drew on it and left it as it was"},
	"deliverService":    {"gave as a service", "give as a service", "to", "in", "deliverService: a service was given and received"},
	"pickup":            {"picked up", "pick up", "for", "in", "pickup: it was taken along, to be brought somewhere"},
	"dropoff":           {"dropped off", "drop off", "for", "in", "dropoff: it was brought to its place"},
	"accept":            {"took in", "take in", "for", "in", "accept: it was taken in to be repaired, cleaned or changed"},
	"modify":            {"fixed or changed", "fix or change", "for", "in", "modify: it came back repaired, cleaned or changed"},
	"combine":           {"packed", "pack", "for", "in", "combine: it was put into another thing"},
	"separate":          {"unpacked", "unpack", "for", "in", "separate: it was taken out of another thing"},
	"transfer":          {"handed over", "hand over", "to", "in", "transfer: rights and the thing itself went to another"},
	"transferAllRights": {"signed over", "sign over", "to", "in", "transferAllRights: the rights went to another, the thing stayed where it was"},
	"transferCustody":   {"lent", "lend", "to", "in", "transferCustody: another has it in hand, the rights stayed"},
	"move":              {"moved", "move", "to", "in", "move: it is in another place, and still the same agent's"},
	"copy":              {"copied", "copy", "for", "in", "copy: there is one more of it, and the first is as it was"},
	"raise":             {"counted more:", "count more:", "for", "in", "raise: a count found more, or what was there at the start"},
	"lower":             {"counted less:", "count less:", "for", "in", "lower: a count found less: lost, spoiled or given away unnoticed"},
}

// contributing are the actions by which agents give something: work, use,
// products, services, rights. What only moves, packs or counts is not among them.
var contributing = []string{"work", "use", "produce", "consume", "cite", "deliverService", "modify", "transfer", "transferAllRights", "transferCustody", "copy"}

// streams are what a contribution counts as, in members' words.
var streams = []choice{
	{Value: string(valueflows.Livelihood), Text: "Livelihood", Help: "work and goods for which the cooperative is paid"},
	{Value: string(valueflows.Love), Text: "Love", Help: "work and goods given for the common good"},
	{Value: string(valueflows.Care), Text: "Care", Help: "care for the health of the cooperative itself"},
	{Value: string(valueflows.CarePeople), Text: "Care for people", Help: "care for the living people in it; who for whom is seen only by these two"},
}

// streamsOffered are the streams of a form, and none of them.
var streamsOffered = append(slices.Clone(streams), choice{Text: "Nothing in particular"})

// choice is one of what a form lets choose.
type choice struct {
	Value, Text, Help string
	Chosen            bool
}

// choose marks the one with a value.
func choose(all []choice, value string) []choice {
	marked := make([]choice, len(all))
	for i, c := range all {
		c.Chosen = c.Value == value
		marked[i] = c
	}
	return marked
}

func streamText(stream string) string {
	for _, s := range streams {
		if s.Value == stream {
			return s.Text
		}
	}
	return stream
}
