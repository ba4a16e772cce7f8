// Package generated is what gqlgen makes of schema.graphqls and graph/gqlgen.yml.
// Only this file of it is written by hand: everything else is made anew by
// go generate ./graph.
package generated
