package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"disconode/node"
	"disconode/valueflows/jsonld"
	"disconode/valueflows/sheet"
)

type imports struct {
	books
	Lab    string   `help:"Slug of the LAB." placeholder:"SLUG"`
	File   []string `arg:"" optional:"" help:"Documents (JSON-LD or YAML) are read as one: what one names, another may define. Exports of a node, and sheets (.csv, .tsv), are read one after the other, each as a whole or not at all." type:"existingfile"`
	DryRun bool     `name:"dry-run" help:"Say what would happen, and change nothing."`

	Template string `help:"Print a small sheet in a form and stop: native, timesheet, clockify or toggl." placeholder:"FORM" group:"Sheets"`
	Schema   string `help:"Print the Table Schema of a form and stop." placeholder:"FORM" group:"Sheets"`

	Encoding  string   `help:"What a sheet is written in, where it is not UTF-8: windows-1252, iso-8859-1, utf-16le and others." placeholder:"NAME" group:"Sheets"`
	Decimal   string   `enum:",point,comma" default:"" help:"What stands before the decimals of a number: point or comma. The other may part thousands then." placeholder:"MARK" group:"Sheets"`
	Dates     string   `enum:",dmy,mdy" default:"" help:"Order of dates such as 03/04/2026: dmy or mdy." placeholder:"ORDER" group:"Sheets"`
	Create    []string `enum:"people,organizations,kinds,processes" help:"Make what a sheet names and the books do not know: people, organizations, kinds, processes." placeholder:"WHAT" group:"Sheets"`
	Stream    string   `help:"Stream of rows that name none: livelihood, love, care or carePeople." placeholder:"STREAM" group:"Sheets"`
	StreamTag []string `name:"stream-tag" help:"Stream of a time tracker's tag or task." placeholder:"Care=care" group:"Sheets"`
	Source    string   `help:"Where a sheet's ids come from, so that the same id of another source is another event." placeholder:"NAME" group:"Sheets"`
	Errors    string   `help:"Where a sheet with its errors is written, to be corrected and read again; left out, NAME.errors.csv in this folder." placeholder:"FILE" group:"Sheets"`
}

// Validate holds the command line to what the flags need of one another.
func (c *imports) Validate() error {
	switch {
	case c.prints():
		return nil
	case c.Lab == "":
		return errors.New("missing flags: --lab=SLUG")
	case len(c.File) == 0:
		return errors.New(`expected "<file> ..."`)
	}
	_, err := c.options()
	return err
}

func (c *imports) prints() bool { return c.Template != "" || c.Schema != "" }

func (c *imports) options() (o sheet.Options, err error) {
	o = sheet.Options{Encoding: c.Encoding, Decimal: sheet.Mark(c.Decimal), Dates: sheet.Order(c.Dates)}
	if o.Stream, err = sheet.ParseStream(c.Stream); err != nil {
		return o, fmt.Errorf("--stream: %w", err)
	}
	if o.StreamTags, err = sheet.ParseStreamTags(c.StreamTag); err != nil {
		return o, fmt.Errorf("--stream-tag: %w", err)
	}
	return o, nil
}

// Run reads the files into the LAB's books and prints what came of it.
func (c *imports) Run(ctx context.Context, out io.Writer, log *slog.Logger) error {
	if c.prints() {
		return c.print(out)
	}
	var documents []jsonld.File
	var others []func(context.Context, *node.Node, *node.Lab) error
	for _, name := range c.File {
		export, err := isExport(name)
		switch ending := strings.ToLower(filepath.Ext(name)); {
		case err != nil:
			return err
		case ending == ".csv" || ending == ".tsv":
			others = append(others, func(ctx context.Context, n *node.Node, lab *node.Lab) error { return c.sheet(ctx, out, n, lab, name) })
		case export:
			others = append(others, func(ctx context.Context, n *node.Node, lab *node.Lab) error { return c.export(ctx, out, n, lab, name) })
		default:
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			documents = append(documents, jsonld.File{Name: filepath.Base(name), Data: text})
		}
	}
	return inLab{c.books, c.Lab}.enter(ctx, log, func(ctx context.Context, n *node.Node, lab *node.Lab) error {
		if len(documents) > 0 {
			report, err := n.Import(ctx, lab.ID, documents, c.DryRun)
			if err := told(out, report, err); err != nil {
				return err
			}
		}
		for _, other := range others {
			if err := other(ctx, n, lab); err != nil {
				return err
			}
		}
		return nil
	})
}

// told prints a report, where there is one, beside what it ended with.
func told(out io.Writer, report *node.ImportReport, err error) error {
	if report != nil {
		if _, e := report.WriteTo(out); err == nil {
			err = e
		}
	}
	return err
}

// isExport tells by a file's first line whether a node has written it.
func isExport(name string) (bool, error) {
	about, err := os.Stat(name)
	if err != nil {
		return false, err
	}
	if !about.Mode().IsRegular() {
		return false, fmt.Errorf("%s is no file: it is read more than once, so save it as one first", name)
	}
	file, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	line, err := bufio.NewReaderSize(file, 64<<10).ReadSlice('\n')
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return false, err
	}
	return node.IsExport(line), nil
}

// export reads what a node has exported.
func (c *imports) export(ctx context.Context, out io.Writer, n *node.Node, lab *node.Lab, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	begun := time.Now()
	report, err := n.ImportExport(ctx, lab.ID, filepath.Base(name), file, c.DryRun)
	if err := told(out, report, err); err != nil {
		return err
	}
	return rate(out, report.Read, "records", begun)
}

// rate prints how fast something was read.
func rate(out io.Writer, n int, what string, begun time.Time) error {
	took := time.Since(begun)
	_, err := fmt.Fprintf(out, "%d %s in %s: %.0f %s a second\n", n, what, took.Round(time.Millisecond), float64(n)/took.Seconds(), what)
	return err
}

// print shows what a sheet of a form looks like.
func (c *imports) print(out io.Writer) error {
	text, err := []byte(nil), error(nil)
	if c.Template != "" {
		text, err = sheet.Example(c.Template)
	}
	if c.Schema != "" && err == nil {
		var schema []byte
		schema, err = sheet.Schema(c.Schema)
		text = append(text, schema...)
	}
	if err != nil {
		return err
	}
	_, err = out.Write(text)
	return err
}

// sheet reads one sheet. Where rows of it are wrong, it writes them with what
// is wrong beside them.
func (c *imports) sheet(ctx context.Context, out io.Writer, n *node.Node, lab *node.Lab, name string) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	begun := time.Now()
	report, err := n.ImportSheet(ctx, lab.ID, node.Sheet{
		Name: filepath.Base(name), Options: options, Source: c.Source,
		Open: func() (io.ReadCloser, error) { return os.Open(name) },
		Create: node.Creation{
			People: slices.Contains(c.Create, "people"), Organizations: slices.Contains(c.Create, "organizations"),
			Kinds: slices.Contains(c.Create, "kinds"), Processes: slices.Contains(c.Create, "processes"),
		},
	}, c.DryRun)
	if report == nil {
		return err
	}
	if _, e := report.WriteTo(out); e != nil {
		return errors.Join(err, e)
	}
	if e := rate(out, report.Read, "rows", begun); e != nil {
		return errors.Join(err, e)
	}
	if report.Errors > 0 && report.Form != "" {
		return errors.Join(err, c.annotate(out, report, name))
	}
	return err
}

// annotate writes the sheet with its errors: whole, or not at all.
func (c *imports) annotate(out io.Writer, report *node.SheetReport, name string) error {
	to := c.Errors
	if to == "" {
		to = strings.TrimSuffix(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), ".errors") + ".errors.csv"
	}
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	made, err := os.CreateTemp(filepath.Dir(to), ".errors-*") // which nobody else can read
	if err != nil {
		return fmt.Errorf("the sheet with its errors: %w", err)
	}
	defer os.Remove(made.Name())
	err = errors.Join(sheet.Annotate(in, c.Encoding, report.ByRow(), made), made.Close())
	var fault *sheet.Fault
	if errors.As(err, &fault) {
		_, err = fmt.Fprintln(out, "No sheet with its errors is written: mend that row first.")
		return err
	}
	if err != nil {
		return fmt.Errorf("the sheet with its errors: %w", err)
	}
	if err := os.Rename(made.Name(), to); err != nil {
		return fmt.Errorf("the sheet with its errors: %w", err)
	}
	_, err = fmt.Fprintf(out, "The sheet with its errors is in %s: correct it there and import that file.\n", to)
	return err
}
