package web

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"disconode/valueflows"
)

// flow is an amount that went along a path: from the first name to the last, by
// way of what stands between. Amounts are exact; only where they are drawn is
// rounded.
type flow struct {
	path   []station
	amount valueflows.Decimal
}

// station is where a flow passes: a key tells it from others of its column, the
// name is shown, the tint is the class that colours what leaves it.
type station struct{ key, name, tint string }

// The measures of the drawing, in its own units: a unit is a pixel where it is
// shown in its natural size.
const (
	sankeyWidth   = 760
	sankeyMargin  = 200 // for the names, on either side
	sankeyBar     = 12  // how wide a station is
	sankeyHeight  = 260 // of the column's flows, without what parts them
	sankeySlot    = 22  // the least room for a station, so that names do not touch
	sankeyGap     = 6
	sankeyTop     = 8
	stationsMax   = 12 // of a column; the smaller ones are added up as others
	nameShownMost = 22 // characters
)

// sankey is a drawing of flows: bars for stations in two or three columns, bands
// between them. Its numbers are written out, ready for a template.
type sankey struct {
	Width, Height int
	Bars          []bar
	Bands         []band
}

type bar struct {
	X, Y, Height   string
	Width          int
	LabelX, LabelY string
	Anchor         string // start or end: on which side of LabelX the name stands
	Name, Full     string // as it is shown, and whole
	Amount         string
	Tint           string
}

type band struct {
	Path string // of the middle line
	Wide string
	From string
	To   string
	// Amount is how much it carries, exactly.
	Amount string
	Tint   string
}

// draw lays flows out. All paths have the same length. What is not above zero
// cannot be drawn and is left to the table beside. Same flows, same drawing,
// whatever their order.
func draw(flows []flow) sankey {
	flows = slices.DeleteFunc(slices.Clone(flows), func(f flow) bool { return f.amount.Sign() <= 0 })
	if len(flows) == 0 {
		return sankey{}
	}
	columns := make([]*column, len(flows[0].path))
	for i := range columns {
		columns[i] = columnOf(flows, i)
	}
	total := new(big.Rat)
	for _, f := range flows {
		total.Add(total, ratOf(f.amount))
	}
	scale := new(big.Rat).Quo(big.NewRat(sankeyHeight, 1), total)
	s := sankey{Width: sankeyWidth}
	for i, c := range columns {
		s.Height = max(s.Height, c.place(i, len(columns), scale))
	}
	for _, c := range columns {
		s.Bars = append(s.Bars, c.bars()...)
	}
	for i := range len(columns) - 1 {
		s.Bands = append(s.Bands, bands(flows, i, columns[i], columns[i+1], scale)...)
	}
	return s
}

// column is the stations that flows pass at one place of their path, the
// largest first.
type column struct {
	stops []*stop
	of    map[string]*stop // by the station's key
}

type stop struct {
	station
	sum         valueflows.Sum
	x, y, tall  *big.Rat
	middle      *big.Rat // of its height
	left, right *big.Rat // how far down its sides are taken by bands
	labelX      *big.Rat
	anchor      string
	order       int
}

func columnOf(flows []flow, at int) *column {
	c := &column{of: map[string]*stop{}}
	for _, f := range flows {
		here := f.path[at]
		known := c.of[here.key]
		if known == nil {
			known = &stop{station: here}
			c.of[here.key] = known
			c.stops = append(c.stops, known)
		}
		known.sum.Add(f.amount)
	}
	slices.SortFunc(c.stops, func(a, b *stop) int {
		if order := b.rat().Cmp(a.rat()); order != 0 {
			return order
		}
		return strings.Compare(a.name+"\x00"+a.key, b.name+"\x00"+b.key)
	})
	if len(c.stops) > stationsMax {
		rest := c.stops[stationsMax-1:]
		others := &stop{station: station{key: "\x00others", name: strconv.Itoa(len(rest)) + " others"}}
		for _, s := range rest {
			c.of[s.key] = others
		}
		for _, f := range flows {
			if c.of[f.path[at].key] == others {
				others.sum.Add(f.amount)
			}
		}
		c.stops = append(c.stops[:stationsMax-1:stationsMax-1], others)
	}
	for i, s := range c.stops {
		s.order = i
	}
	return c
}

// place gives the stations of the column their places, and tells how high it is.
func (c *column) place(at, columns int, scale *big.Rat) int {
	x := int64(sankeyMargin + at*(sankeyWidth-2*sankeyMargin-sankeyBar)/(columns-1))
	y := big.NewRat(sankeyTop, 1)
	for _, s := range c.stops {
		s.x, s.tall = big.NewRat(x, 1), new(big.Rat).Mul(s.rat(), scale)
		s.anchor, s.labelX = "start", big.NewRat(x+sankeyBar+6, 1)
		if at == 0 {
			s.anchor, s.labelX = "end", big.NewRat(x-6, 1)
		}
		room := big.NewRat(sankeySlot, 1)
		if s.tall.Cmp(room) > 0 {
			room = s.tall
		}
		s.middle = new(big.Rat).Add(y, half(room))
		s.y = new(big.Rat).Sub(s.middle, half(s.tall))
		s.left, s.right = new(big.Rat).Set(s.y), new(big.Rat).Set(s.y)
		y.Add(y, room)
		y.Add(y, big.NewRat(sankeyGap, 1))
	}
	whole := new(big.Int).Quo(y.Num(), y.Denom())
	return int(whole.Int64()) + sankeyTop
}

func (c *column) bars() []bar {
	all := make([]bar, len(c.stops))
	for i, s := range c.stops {
		tall := s.tall
		if tall.Cmp(big.NewRat(1, 1)) < 0 {
			tall = big.NewRat(1, 1) // to be seen at all
		}
		line := new(big.Rat).Add(s.middle, big.NewRat(4, 1)) // half of a small letter: the text stands on its line
		all[i] = bar{X: drawn(s.x), Y: drawn(s.y), Height: drawn(tall), Width: sankeyBar, LabelX: drawn(s.labelX), LabelY: drawn(line),
			Anchor: s.anchor, Name: shortened(s.name), Full: s.name, Amount: s.sum.String(), Tint: s.tint}
	}
	return all
}

// bands are what flows between two neighbouring columns, from the top to the bottom.
func bands(flows []flow, at int, from, to *column, scale *big.Rat) []band {
	type ends struct{ from, to *stop }
	sums := map[ends]*valueflows.Sum{}
	tints := map[ends]string{}
	var all []ends
	for _, f := range flows {
		e := ends{from.of[f.path[at].key], to.of[f.path[at+1].key]}
		if sums[e] == nil {
			sums[e] = &valueflows.Sum{}
			all = append(all, e)
		}
		sums[e].Add(f.amount)
		if tints[e] = e.from.tint; tints[e] == "" {
			tints[e] = e.to.tint
		}
	}
	slices.SortFunc(all, func(a, b ends) int {
		if a.from.order != b.from.order {
			return a.from.order - b.from.order
		}
		return a.to.order - b.to.order
	})
	drawnBands := make([]band, len(all))
	for i, e := range all {
		wide := new(big.Rat).Mul(ratOfSum(sums[e]), scale)
		left := new(big.Rat).Add(e.from.x, big.NewRat(sankeyBar, 1))
		middle := new(big.Rat).Add(left, half(new(big.Rat).Sub(e.to.x, left)))
		y1, y2 := new(big.Rat).Add(e.from.right, half(wide)), new(big.Rat).Add(e.to.left, half(wide))
		e.from.right.Add(e.from.right, wide)
		e.to.left.Add(e.to.left, wide)
		drawnBands[i] = band{
			Path: "M" + drawn(left) + " " + drawn(y1) + " C" + drawn(middle) + " " + drawn(y1) + " " + drawn(middle) + " " + drawn(y2) + " " + drawn(e.to.x) + " " + drawn(y2),
			Wide: drawn(wide), From: e.from.name, To: e.to.name, Amount: sums[e].String(), Tint: tints[e],
		}
	}
	return drawnBands
}

func (s *stop) rat() *big.Rat { return ratOfSum(&s.sum) }

func ratOf(d valueflows.Decimal) *big.Rat {
	r, _ := new(big.Rat).SetString(d.String())
	return r
}

func ratOfSum(s *valueflows.Sum) *big.Rat {
	r, _ := new(big.Rat).SetString(s.String())
	return r
}

func half(r *big.Rat) *big.Rat { return new(big.Rat).Quo(r, big.NewRat(2, 1)) }

// drawn is a place in the drawing, to a hundredth.
func drawn(r *big.Rat) string {
	text := r.FloatString(2)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func shortened(name string) string {
	letters := []rune(name)
	if len(letters) <= nameShownMost {
		return name
	}
	return string(letters[:nameShownMost-1]) + "…"
}
