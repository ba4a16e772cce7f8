package node

import (
	"reflect"
	"slices"
	"strings"
	"unicode"

	"disconode/valueflows"
)

// snapshot is all that a node's books hold at one time.
type snapshot struct {
	list   []any // pointers to records, by class and in recorded order
	record map[valueflows.ID]any
	former map[valueflows.ID][]valueflows.ID // revisions of a record before the last
}

// look reads all that the books hold.
func (h *planHistory) look() *snapshot {
	s := &snapshot{record: map[valueflows.ID]any{}, former: map[valueflows.ID][]valueflows.ID{}}
	ctx := AsOperator(h.b.t.Context(), valueflows.ID{})
	for _, class := range valueflows.Classes {
		if class == valueflows.ClassOrganization || class == valueflows.ClassEcologicalAgent {
			continue // a person's list has them
		}
		for page, more := (Page{First: 100}), true; more; {
			var rows []any
			var err error
			if rows, more, err = actsOn[class].list(ctx, h.b.node, page); err != nil {
				h.t.Fatal(err)
			}
			for _, row := range rows {
				rec := recordOf(row)
				if page.After = rec.Position; valueflows.OMUnit(rec.ID) == nil {
					s.list, s.record[rec.ID] = append(s.list, row), row
				}
			}
		}
	}
	if h.now != nil {
		for id, record := range s.record {
			s.former[id] = h.now.former[id]
			if was, known := h.now.record[id]; known && recordOf(was).Revision != recordOf(record).Revision {
				s.former[id] = append(slices.Clone(s.former[id]), recordOf(was).Revision)
			}
		}
	}
	return s
}

// reference is something that a record names in a field.
type reference struct {
	field string
	many  bool
	id    valueflows.ID
}

// namedBy are what a record names.
func namedBy(record any) (all []reference) {
	of := reflect.ValueOf(record).Elem()
	for _, field := range reflect.VisibleFields(of.Type()) {
		if _, ofRecord := reflect.TypeFor[valueflows.Record]().FieldByName(field.Name); ofRecord || field.Anonymous {
			continue
		}
		switch v := of.FieldByIndex(field.Index).Interface().(type) {
		case valueflows.ID:
			all = append(all, reference{field.Name, false, v})
		case []valueflows.ID:
			for _, id := range v {
				all = append(all, reference{field.Name, true, id})
			}
		case *valueflows.Measure:
			if v != nil {
				all = append(all, reference{field.Name + ".hasUnit", false, v.HasUnit})
			}
		}
	}
	return slices.DeleteFunc(all, func(n reference) bool { return n.id.IsZero() })
}

// naming are the records that name one.
func (s *snapshot) naming(id valueflows.ID) (all []any) {
	for _, record := range s.list {
		if slices.ContainsFunc(namedBy(record), func(n reference) bool { return n.id == id }) {
			all = append(all, record)
		}
	}
	return all
}

// holding are the records that hold one in the books: those in its own books
// that name it, and of what all LABs read those in any.
func (s *snapshot) holding(record any) []any {
	rec := recordOf(record)
	return slices.DeleteFunc(s.naming(rec.ID), func(by any) bool {
		return !dataOf(record).isEveryones() && !rec.Books.IsZero() && recordOf(by).Books != rec.Books
	})
}

// isLocked tells whether a promise is a clause of which something was done.
func (s *snapshot) isLocked(id valueflows.ID) bool {
	c, ok := s.record[id].(*valueflows.Commitment)
	return ok && !(c.ClauseOf.IsZero() && c.ReciprocalClauseOf.IsZero()) && slices.ContainsFunc(s.naming(id), func(record any) bool {
		e, ok := record.(*valueflows.EconomicEvent)
		return ok && slices.Contains(e.Fulfills, id)
	})
}

// same holds two looks at the books to be the same.
func (h *planHistory) same(what string, before, after *snapshot) { h.onlyNew(what, before, after) }

// onlyNew holds what has changed to some records, and to new names of what is
// not described.
func (h *planHistory) onlyNew(what string, before, after *snapshot, allowed ...valueflows.ID) {
	for _, record := range before.list {
		id := recordOf(record).ID
		if is := after.record[id]; !reflect.DeepEqual(record, is) && !slices.Contains(allowed, id) {
			h.t.Errorf("%s: this was\n%+v\nand is\n%+v", what, record, is)
		}
	}
	for _, record := range after.list {
		rec := recordOf(record)
		if _, known := before.record[rec.ID]; !known && !slices.Contains(allowed, rec.ID) && (!rec.Stub || len(allowed) == 0 || len(after.naming(rec.ID)) == 0) {
			h.t.Errorf("%s: this is new\n%+v", what, record)
		}
	}
}

// rules holds what was done to what holds of all books: nothing names a hole,
// and a clause of which something was done says what it said.
func (h *planHistory) rules(what string, before, after *snapshot) {
	for _, record := range after.list {
		for _, n := range namedBy(record) {
			if after.record[n.id] == nil && valueflows.OMUnit(n.id) == nil {
				h.t.Errorf("%s: the %s of this is a hole\n%+v", what, n.field, record)
			}
		}
	}
	for id, record := range before.record {
		if !before.isLocked(id) {
			continue
		}
		was, is := *record.(*valueflows.Commitment), *after.record[id].(*valueflows.Commitment)
		is.Note, is.Finished, is.Record = was.Note, was.Finished, was.Record
		if !reflect.DeepEqual(was, is) {
			h.t.Errorf("%s: a clause of which something was done was\n%+v\nand is\n%+v", what, was, is)
		}
	}
}

// created holds a record that was created to what was stated.
func (h *planHistory) created(class valueflows.Class, stated any, before, after *snapshot) {
	var made []any
	for _, record := range after.list {
		if rec := recordOf(record); before.record[rec.ID] == nil && !rec.Stub {
			made = append(made, record)
		}
	}
	if len(made) != 1 || valueflows.ClassOf(made[0]) != class {
		h.t.Fatalf("create %s: these are new: %+v", class, made)
	}
	h.onlyNew("create "+string(class), before, after, recordOf(made[0]).ID)
	h.says(made[0], stated, fieldsOf(class)...)
}

// changed holds a record that was changed to what was changed.
func (h *planHistory) changed(id valueflows.ID, fields []string, stated any, before, after *snapshot) {
	was, is := before.record[id], after.record[id]
	class := valueflows.ClassOf(was)
	h.onlyNew("change "+string(class), before, after, id)
	h.says(is, stated, fields...)
	h.says(is, was, slices.DeleteFunc(fieldsOf(class), func(field string) bool { return slices.Contains(fields, field) })...)
	if recordOf(is).Revision == recordOf(was).Revision {
		h.t.Errorf("a %s is changed, and of the same revision", class)
	}
}

// says holds some fields of a record to what was stated. A list names each once,
// and a quantity without a unit was given one.
func (h *planHistory) says(record, stated any, fields ...string) {
	for _, name := range fields {
		is, want := reflect.ValueOf(record).Elem().FieldByName(name), reflect.ValueOf(stated).Elem().FieldByName(name)
		switch w := want.Interface().(type) {
		case []valueflows.ID:
			var once []valueflows.ID
			for _, id := range w {
				if !slices.Contains(once, id) {
					once = append(once, id)
				}
			}
			want = reflect.ValueOf(once)
		case *valueflows.Measure:
			if i := is.Interface().(*valueflows.Measure); i != nil && w != nil && w.HasUnit.IsZero() {
				want = reflect.ValueOf(&valueflows.Measure{HasNumericalValue: w.HasNumericalValue, HasUnit: i.HasUnit})
			}
		}
		if isNothing(is) && isNothing(want) {
			continue
		}
		if !reflect.DeepEqual(is.Interface(), want.Interface()) {
			h.t.Errorf("the %s of this is not %v: %+v", name, want, record)
		}
	}
}

// isNothing tells whether a field says nothing.
func isNothing(v reflect.Value) bool { return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 }

// deleted holds a record that was deleted to be gone, and to have been nobody's.
func (h *planHistory) deleted(gone any, before, after *snapshot) {
	rec := recordOf(gone)
	h.onlyNew("delete", before, after, rec.ID)
	if a, ok := gone.(*valueflows.Agent); ok && a.Kind == valueflows.ClassPerson {
		if is := after.record[rec.ID].(*valueflows.Agent); is.Name != "(erased)" || is.Note != "" || is.Image != "" {
			h.t.Errorf("a person who was erased is %+v", is)
		}
		return
	}
	if by := before.holding(gone); len(by) > 0 {
		h.t.Errorf("this was deleted\n%+v\nand is named by\n%+v", gone, by[0])
	}
	switch is := after.record[rec.ID]; {
	case len(before.naming(rec.ID)) == 0 && is != nil:
		h.t.Errorf("this was deleted, and is there: %+v", is)
	case len(before.naming(rec.ID)) > 0 && (is == nil || !recordOf(is).Stub):
		h.t.Errorf("this was deleted, is named in other books, and is not but a name: %+v", is)
	}
}

// snake is the name of a field's column.
func snake(field string) string {
	var b strings.Builder
	for i, r := range field {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// inverses holds what each record is told to be named by, property by property,
// to what the records name.
func (h *planHistory) inverses() {
	type property struct {
		class valueflows.Class
		link  Link
	}
	naming := map[property]map[valueflows.ID][]valueflows.ID{}
	for _, record := range h.now.list {
		class := valueflows.ClassOf(record)
		if class.IsAgent() {
			class = valueflows.ClassPerson
		}
		for _, n := range namedBy(record) {
			link := Link(snake(n.field))
			if n.many && n.field == "InScopeOf" {
				link = LinkScope
			}
			if strings.HasSuffix(n.field, ".hasUnit") {
				continue
			}
			p := property{class, link}
			if naming[p] == nil {
				naming[p] = map[valueflows.ID][]valueflows.ID{}
			}
			naming[p][n.id] = append(naming[p][n.id], recordOf(record).ID)
		}
	}
	var all []valueflows.ID
	for _, record := range h.now.list {
		all = append(all, recordOf(record).ID)
	}
	ctx := AsOperator(h.b.t.Context(), valueflows.ID{})
	for p, want := range naming {
		pages, err := actsOn[p.class].listBy(ctx, h.b.node, p.link, all)
		if err != nil {
			h.t.Fatal(err)
		}
		for i, id := range all {
			if !slices.Equal(pages[i], want[id]) {
				h.t.Errorf("%s is told to be the %s of %v, and is of %v", id, p.link, pages[i], want[id])
			}
		}
	}
}
