package jsonld

// unlink reads the links of earlier versions as what they became: where a
// record names a link, it names what the link led to. What links say besides is
// reported and left out.
func (d *Document) unlink() {
	links := map[string]*Statement{}
	var stated, kept []*Statement
	for _, s := range d.Statements {
		switch {
		case formerLinks[s.Class] == "":
			kept = append(kept, s)
		case links[s.IRI] == nil:
			links[s.IRI] = s
			stated = append(stated, s)
		}
	}
	if len(links) == 0 {
		return
	}
	d.Statements = kept
	read := map[*Statement]bool{}
	for _, s := range kept {
		d.unlinkIn(s, links, read)
	}
	for _, l := range stated {
		name := formerLinks[l.Class]
		if !read[l] {
			d.Report.add(l.Place, Skipped, "%s is %s, of an earlier version, and does not link one record to another", l.IRI, article(l.Class))
			d.Report.Skipped++
		}
		for _, p := range l.properties {
			if p.name != name && p.name != reciprocalLink {
				d.tolerate(p.Line, "%s is not a property of %s and is left out", p.name, article(l.Class))
			}
		}
	}
}

// reciprocalLink marks links to what a proposal asks for in return.
const reciprocalLink = "reciprocal"

// unlinkIn puts into a statement what the links lead to that it names, and
// notes which were read.
func (d *Document) unlinkIn(s *Statement, links map[string]*Statement, read map[*Statement]bool) {
	for _, p := range s.properties {
		var left, returned []*value
		changed := false
		for i, iri := range p.names() {
			l := links[iri]
			if l == nil || formerLinks[l.Class] != p.name {
				left = append(left, p.value.elements()[i])
				continue
			}
			changed = true
			to := l.find(p.name)
			if to == nil || len(to.value.elements()) != 1 {
				continue
			}
			read[l] = true
			d.tolerate(l.Line, "%s is %s, of an earlier version: read as %s of %s", l.IRI, article(l.Class), p.name, s.IRI)
			target := fullIRI(to.names()[0], to.Line)
			if r := l.find(reciprocalLink); r != nil && r.value.text == "true" {
				returned = append(returned, target)
			} else {
				left = append(left, target)
			}
		}
		if !changed {
			continue
		}
		s.set(property{p.Place, p.name, &value{kind: listValue, line: p.value.line, items: left}, p.scope})
		if len(returned) > 0 {
			if stated := s.find(reciprocalLink); stated != nil {
				for _, iri := range stated.names() {
					returned = append(returned, fullIRI(iri, stated.Line))
				}
			}
			s.set(property{p.Place, reciprocalLink, &value{kind: listValue, line: p.value.line, items: returned}, p.scope})
		}
	}
}
