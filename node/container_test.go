package node

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/jsonld"
)

// shelf is books of things, files and bundles of one agent's.
type shelf struct {
	*books
	by, kind valueflows.ID
}

func (b *books) shelf() *shelf { return &shelf{b, b.organization("Studio"), b.specification("Thing")} }

func pieces(number string) *valueflows.Measure {
	return &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(number), HasUnit: valueflows.One}
}

// thing is one piece; of a digital thing where it is on the net.
func (s *shelf) thing(where valueflows.URI) valueflows.ID {
	s.t.Helper()
	return s.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: s.by, Receiver: s.by, ResourceQuantity: pieces("1")},
		valueflows.EconomicResource{ConformsTo: s.kind, CurrentVirtualLocation: where})
}

// event is one of an action that names a thing and a container.
func (s *shelf) event(action valueflows.Action, thing, container valueflows.ID) valueflows.EconomicEvent {
	return valueflows.EconomicEvent{Action: action, Provider: s.by, Receiver: s.by, ResourceInventoriedAs: thing, ToResourceInventoriedAs: container, ResourceQuantity: pieces("1")}
}

func (s *shelf) takeBack(e *valueflows.EconomicEvent) {
	s.t.Helper()
	s.record(valueflows.EconomicEvent{Action: e.Action, Provider: e.Provider, Receiver: e.Receiver, Corrects: e.ID, ResourceQuantity: pieces("-1")})
}

// refuses fails unless the event is refused with a code.
func (s *shelf) refuses(e valueflows.EconomicEvent, code, what string) {
	s.t.Helper()
	_, _, err := s.node.RecordEvent(s.ctx, &e, nil)
	s.refused(err, code, what)
}

// isIn fails unless a thing is in containers, the last first, each of which tells
// so, with a number of it on hand.
func (s *shelf) isIn(thing valueflows.ID, onhand string, containers ...valueflows.ID) {
	s.t.Helper()
	r, err := Get[valueflows.EconomicResource](s.ctx, s.node, thing)
	if err != nil {
		s.t.Fatal(err)
	}
	if got := r.Containers(); !slices.Equal(got, containers) || r.OnhandQuantity.HasNumericalValue.String() != onhand {
		s.t.Errorf("in %v with %s on hand, want %v with %s", got, r.OnhandQuantity.HasNumericalValue, containers, onhand)
	}
	for _, container := range containers {
		if inside := linked[valueflows.EconomicResource](s.t, s.books, LinkContainedIn, container); !slices.Contains(inside, thing) {
			s.t.Errorf("%s does not tell that it holds %s: %v", container, thing, inside)
		}
	}
}

// holdsOnly fails unless a container holds just these, in their order.
func (s *shelf) holdsOnly(container valueflows.ID, things ...valueflows.ID) {
	s.t.Helper()
	if got := linked[valueflows.EconomicResource](s.t, s.books, LinkContainedIn, container); !slices.Equal(got, things) {
		s.t.Errorf("%s holds %v, want %v", container, got, things)
	}
}

// A design file is in two bundles, is taken out of one, and out of the other; and
// a put by mistake is taken back. What is exported of it is read again.
func TestFileInTwoBundles(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := b.shelf()
		file, photo := s.thing("https://files.example/plough.step"), s.thing("https://files.example/plough.jpeg")
		tractor, tools, all := s.thing(""), s.thing(""), s.thing("")
		s.record(s.event("combine", file, tractor))
		s.record(s.event("combine", photo, tools))
		s.record(s.event("combine", file, tools))
		s.isIn(file, "0", tools, tractor)
		s.holdsOnly(tools, file, photo)
		s.refuses(s.event("separate", file, valueflows.ID{}), "AMBIGUOUS_CONTAINER", "of two, none is named")
		s.refuses(s.event("separate", file, all), "NOT_CONTAINED", "of two, another is named")
		mistake := s.record(s.event("combine", file, all))
		s.isIn(file, "0", all, tools, tractor)
		s.sound()
		s.goesRound()
		s.takeBack(mistake)
		s.isIn(file, "0", tools, tractor)
		s.holdsOnly(all)
		s.record(s.event("separate", file, tools))
		s.isIn(file, "0", tractor)
		s.holdsOnly(tools, photo)
		s.record(s.event("separate", file, valueflows.ID{}))
		s.isIn(file, "1")
		s.sound()
		s.goesRound()
	})
}

// A file that was put into two bundles comes to hand with the last one that it is
// taken out of, whichever of the puts is taken back first.
func TestFileComesToHandOnce(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := b.shelf()
		tractor, tools := s.thing(""), s.thing("")
		for first := range 2 {
			file := s.thing("https://files.example/plough.step")
			puts := []*valueflows.EconomicEvent{s.record(s.event("combine", file, tractor)), s.record(s.event("combine", file, tools))}
			s.takeBack(puts[first])
			s.isIn(file, "0", []valueflows.ID{tools, tractor}[first])
			s.takeBack(puts[1-first])
			s.isIn(file, "1")
		}
		s.sound()
		s.goesRound()
	})
}

// A crate goes from pallet to pallet: it is on one at a time.
func TestCrateFromPalletToPallet(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := b.shelf()
		crate, one, other := s.thing(""), s.thing(""), s.thing("")
		s.record(s.event("combine", crate, one))
		s.refuses(s.event("combine", crate, other), "INSUFFICIENT", "it is off hand on the first")
		s.record(s.event("separate", crate, one))
		s.record(s.event("combine", crate, other))
		s.isIn(crate, "0", other)
		s.holdsOnly(one)
		s.refuses(s.event("separate", crate, one), "NOT_CONTAINED", "it is on the other")
		s.sound()
	})
}

// What a process combined goes into what it then makes: a file besides what it is
// in already, anything else only where it is in nothing.
func TestFilledWithFiles(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := b.shelf()
		file, gown, folder, box, packing := s.thing("https://files.example/manual.pdf"), s.thing(""), s.thing(""), s.thing(""), b.process("Pack")
		s.record(s.event("combine", file, folder))
		for _, thing := range []valueflows.ID{file, gown} {
			combine := s.event("combine", thing, valueflows.ID{})
			combine.InputOf = packing
			s.record(combine)
		}
		s.isIn(file, "0", folder)
		s.isIn(gown, "0")
		produce := s.event("produce", box, valueflows.ID{})
		produce.OutputOf = packing
		s.record(produce)
		s.isIn(file, "0", box, folder)
		s.isIn(gown, "0", box)
		s.sound()
	})
}

// While a thing is in several containers it stays one that can be; afterwards it
// may become any other. An export says at its place what it was at each event.
func TestDigitalWhileInSeveral(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := b.shelf()
		file, one, other := s.thing("https://files.example/plough.step"), s.thing(""), s.thing("")
		s.record(s.event("combine", file, one))
		s.record(s.event("combine", file, other))
		leaves := func() error {
			_, err := Update(s.ctx, s.node, file, func(r *valueflows.EconomicResource) error {
				r.CurrentVirtualLocation = ""
				return nil
			})
			return err
		}
		s.refused(leaves(), "SEVERAL_CONTAINERS", "it is in two")
		if _, err := Update(s.ctx, s.node, file, func(r *valueflows.EconomicResource) error {
			r.CurrentVirtualLocation, r.Note = "https://files.example/2/plough.step", "moved"
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		s.isIn(file, "0", other, one)
		s.record(s.event("separate", file, other))
		if err := leaves(); err != nil {
			t.Fatal(err)
		}
		s.record(s.event("separate", file, one))
		s.isIn(file, "1")
		s.sound()
		s.goesRound()
	})
}

// Nothing goes into what it contains: where it is named, where the process has
// it, where the process makes it afterwards, and where a resource begins in it.
func TestNoContainerInItself(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := b.shelf()
		small, middle, large := s.thing(""), s.thing(""), s.thing("")
		s.record(s.event("combine", small, middle))
		s.record(s.event("combine", middle, large))
		before := b.position()
		s.refuses(s.event("combine", large, small), "CONTAINER_CYCLE", "named")
		herding, making := b.process("Herd"), b.process("Make")
		accept := s.event("produce", small, valueflows.ID{})
		accept.OutputOf = herding
		s.record(accept)
		combine := s.event("combine", large, valueflows.ID{})
		combine.InputOf = herding
		s.refuses(combine, "CONTAINER_CYCLE", "the process has it")
		combine.InputOf = making
		s.record(combine)
		accept.OutputOf = making
		s.refuses(accept, "CONTAINER_CYCLE", "the process makes it afterwards")
		if after := b.position(); after <= before || len(linked[valueflows.EconomicResource](t, b, LinkContainedIn, small)) > 0 {
			t.Errorf("%d after %d", after, before)
		}
		s.isIn(large, "0")
		s.sound()

		circle := "'@context': {ex: 'https://ex.example/'}\n'@graph':\n" +
			"- {'@id': 'ex:kind', '@type': ResourceSpecification, name: Box}\n" +
			"- {'@id': 'ex:a', '@type': EconomicResource, conformsTo: 'ex:kind', containedIn: 'ex:b', accountingQuantity: {hasUnit: one, hasNumericalValue: 1}}\n" +
			"- {'@id': 'ex:b', '@type': EconomicResource, conformsTo: 'ex:kind', containedIn: 'ex:a', accountingQuantity: {hasUnit: one, hasNumericalValue: 1}}\n"
		report, err := b.node.Import(AsOperator(t.Context(), b.lab), b.lab, []jsonld.File{{Name: "circle.yaml", Data: []byte(circle)}}, false)
		if err == nil || !strings.Contains(fmt.Sprint(report.Lines), "would be in itself") {
			t.Errorf("a document in which two contain each other: %v, %v", err, report)
		}
	})
}

// A chain of containers is bounded.
func TestDeepContainers(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		s := b.shelf()
		var doc strings.Builder
		doc.WriteString("'@context': {ex: 'https://ex.example/'}\n'@graph':\n- {'@id': 'ex:kind', '@type': ResourceSpecification, name: Box}\n")
		for i := range valueflows.ContainersMax + 1 { // box 0 is in 1, that in 2, …: 1,000 around the first
			in := ""
			if i < valueflows.ContainersMax {
				in = fmt.Sprintf(", containedIn: 'ex:box%d'", i+1)
			}
			fmt.Fprintf(&doc, "- {'@id': 'ex:box%d', '@type': EconomicResource, conformsTo: 'ex:kind', accountingQuantity: {hasUnit: one, hasNumericalValue: 1}%s}\n", i, in)
		}
		b.imports(jsonld.File{Name: "boxes.yaml", Data: []byte(doc.String())})
		thing := s.thing("")
		s.refuses(s.event("combine", thing, valueflows.IDOf("https://ex.example/box0")), "CONTAINER_LIMIT", "one more")
		s.record(s.event("combine", thing, valueflows.IDOf("https://ex.example/box1")))
	})
}
