// Package web is the pages that people use: server-rendered, each one a GraphQL
// document and a template, so that they can do nothing that the API cannot. Who
// may sign in, and what is recorded, is for package node. Every form works
// without scripts, everything is embedded, and no request leaves the node.
package web
