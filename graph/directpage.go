package graph

import "github.com/99designs/gqlgen/graphql"

// rows are a page of records.
type rows interface {
	info() (size int, first, last int64, previous, next bool)
	row(i int) (record any, position int64)
	cursor(position int64) string
}

// page writes a connection.
func (d *direct) page(f graphql.CollectedField, found rows) bool {
	connection := f.Definition.Type.Name()
	edge := connection[:len(connection)-len("Connection")] + "Edge"
	d.out = append(d.out, '{')
	for i, part := range graphql.CollectFields(d.operation, f.Selections, satisfies(connection)) {
		d.key(i, part)
		switch part.Name {
		case "__typename":
			d.plain(connection)
		case "pageInfo":
			d.pageInfo(part, found)
		default:
			if !d.edges(part, edge, found) {
				return false
			}
		}
	}
	d.out = append(d.out, '}')
	return true
}

func (d *direct) edges(f graphql.CollectedField, of string, found rows) bool {
	fields := graphql.CollectFields(d.operation, f.Selections, satisfies(of))
	d.out = append(d.out, '[')
	for i := 0; ; i++ {
		record, position := found.row(i)
		if record == nil {
			break
		}
		if i > 0 {
			d.out = append(d.out, ',')
		}
		d.out = append(d.out, '{')
		for j, part := range fields {
			d.key(j, part)
			switch part.Name {
			case "__typename":
				d.plain(of)
			case "cursor":
				d.plain(found.cursor(position))
			default:
				if !d.object(part.Selections, typeOf(record), record) {
					return false
				}
			}
		}
		d.out = append(d.out, '}')
	}
	d.out = append(d.out, ']')
	return true
}

func (d *direct) pageInfo(f graphql.CollectedField, found rows) {
	size, first, last, previous, next := found.info()
	some, _ := found.row(0)
	d.out = append(d.out, '{')
	for i, part := range graphql.CollectFields(d.operation, f.Selections, satisfies("PageInfo")) {
		d.key(i, part)
		switch {
		case part.Name == "__typename":
			d.plain("PageInfo")
		case part.Name == "hasPreviousPage":
			d.truth(previous)
		case part.Name == "hasNextPage":
			d.truth(next)
		case part.Name == "pageLimit":
			d.whole(size)
		case part.Name == "startCursor" && some != nil:
			d.plain(found.cursor(first))
		case part.Name == "endCursor" && some != nil:
			d.plain(found.cursor(last))
		default: // totalCount, and the ends of an empty page
			d.null()
		}
	}
	d.out = append(d.out, '}')
}
