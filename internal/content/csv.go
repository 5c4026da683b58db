package content

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/frontmatter"
)

// parsedTable is a books_file as it was read. It is never changed.
type parsedTable struct {
	path     string
	sum      Sum // of its text, for the Cache
	books    []rawBook
	findings findings
}

// bookColumns are the names that a column can have.
var bookColumns = [...]string{"id", "title", "author", "illustrator", "isbn", "isbn_as_printed", "status", "grades",
	"pages", "year", "note", "cover", "held_by", "formats"}

// table reads a CSV file of books.
type table struct {
	*parsedTable
	columns []string // by index; "" for a column that is left out
	names   []string // as written
	lines   []string // of the text, for columns in characters

	// The cell before, from which the next one on its line is counted: a line
	// of a million cells would be counted a million times.
	counted struct{ line, bytes, chars int }
}

// parseTable reads a CSV file of books (contract, section 2). Cells may be
// parted by commas, semicolons or tabs.
func parseTable(path, content string) *parsedTable {
	t := table{parsedTable: &parsedTable{path: path}}
	if bad := frontmatter.CheckText(path, content); bad != nil {
		if bad[0].Rule == "encoding" {
			bad[0].Hint = `save it from the spreadsheet as "CSV UTF-8"`
		}
		t.findings = bad
		return t.parsedTable
	}
	content = strings.TrimPrefix(content, "\ufeff")
	if !strings.Contains(content, "\n") {
		content = strings.ReplaceAll(content, "\r", "\n") // "CSV (Macintosh)"
	}
	skipped := 0
	if first, rest, _ := strings.Cut(content, "\n"); strings.HasPrefix(strings.ToLower(first), "sep=") {
		content, skipped = rest, 1 // what Excel writes for itself
	}
	t.lines = strings.Split(content, "\n")
	t.read(content, skipped)
	return t.parsedTable
}

func (t *table) read(content string, skipped int) {
	r := csv.NewReader(strings.NewReader(content))
	r.Comma = separator(t.lines[0])
	r.FieldsPerRecord = -1
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.quoteTrouble(err, skipped)
			return
		}
		row := make([]text, len(cells))
		for i, cell := range cells {
			line, col := r.FieldPos(i)
			row[i] = text{Value: strings.TrimSpace(cell), Pos: diag.Pos{File: t.path, Line: line + skipped, Col: t.column(line, col)}}
		}
		switch {
		case t.columns == nil:
			if !t.header(row) {
				return
			}
		case !slices.ContainsFunc(row, text.Given): // a row of separators alone
		default:
			t.row(row)
		}
	}
	if t.columns == nil {
		t.findings.errorf(diag.Pos{File: t.path, Line: 1, Col: 1}, "csv-columns", "the file is empty: its first line must name the columns, title at least")
	}
}

// column turns a column in bytes into one in characters.
func (t *table) column(line, col int) int {
	if line < 1 || line > len(t.lines) {
		return col
	}
	s, c := t.lines[line-1], &t.counted
	end := min(col-1, len(s))
	if c.line != line || c.bytes > end {
		c.line, c.bytes, c.chars = line, 0, 0
	}
	c.chars += utf8.RuneCountInString(s[c.bytes:end])
	c.bytes = end
	return 1 + c.chars
}

// separator returns what parts the cells of a header.
func separator(header string) rune {
	best, most := ',', strings.Count(header, ",")
	for _, r := range []rune{';', '\t'} {
		if n := strings.Count(header, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

func (t *table) quoteTrouble(err error, skipped int) {
	pos := diag.Pos{File: t.path, Line: 1, Col: 1}
	var e *csv.ParseError
	if errors.As(err, &e) {
		pos.Line, pos.Col = e.StartLine+skipped, 1
		if e.StartLine == e.Line {
			pos.Col = t.column(e.Line, e.Column)
		}
	}
	t.findings.add(diag.Errorf(pos, "csv-quote", "a quote in this row is not as it should be, so that the rest of the file cannot be read").
		WithHint(`a cell in quotes ends with one; a quote inside it is written twice: "the ""best"" book"`))
}

// header reads the names of the columns and reports whether rows can be read.
func (t *table) header(row []text) bool {
	first := map[string]string{}
	for _, cell := range row {
		name := strings.ReplaceAll(strings.ToLower(cell.Value), " ", "_")
		t.names = append(t.names, cell.Value)
		switch near := diag.Suggest(name, bookColumns[:]); {
		case name == "":
			name = ""
		case slices.Contains(bookColumns[:], name):
			if before, twice := first[name]; twice {
				t.findings.add(diag.Errorf(cell.Pos, "csv-columns", "the column %q is there twice", before).WithHint("keep one of them"))
				name = ""
			} else {
				first[name] = cell.Value
			}
		case near != "":
			t.findings.add(diag.Errorf(cell.Pos, "csv-columns", "unknown column %q", cell.Value).WithHint("did you mean \"" + near + "\"?"))
			name = ""
		default:
			t.findings.add(diag.Warnf(cell.Pos, "csv-columns", "unknown column %q is left out", cell.Value).
				WithHint("known columns: " + strings.Join(bookColumns[:], ", ")))
			name = ""
		}
		t.columns = append(t.columns, name)
	}
	if _, ok := first["title"]; !ok && !slices.ContainsFunc(t.findings, func(f diag.Finding) bool { return strings.HasSuffix(f.Hint, `"title"?`) }) {
		t.findings.add(diag.Errorf(row[0].Pos, "csv-columns", "there is no column \"title\"").
			WithHint("the first line must name the columns; cells are parted by commas, semicolons or tabs"))
	}
	return slices.Contains(t.columns, "title")
}

// row reads one book.
func (t *table) row(row []text) {
	if len(row) != len(t.columns) {
		cells, hint := fmt.Sprintf("%d cells", len(row)), "a cell with a comma or semicolon in it stands in quotes"
		switch {
		case len(row) == 1:
			cells, hint = "one cell", "an empty cell has its separator too"
		case len(row) < len(t.columns):
			hint = "an empty cell has its separator too"
		}
		t.findings.add(diag.Errorf(row[0].Pos, "csv-ragged", "this row has %s, but there are %d columns", cells, len(t.columns)).WithHint(hint))
		return
	}
	book := rawBook{Place: frontmatter.Place{Pos: row[0].Pos}}
	for i, name := range t.columns {
		if row[i].Given() {
			t.damage(row[i])
			t.cell(&book, name, row[i])
		}
	}
	t.books = append(t.books, book)
}

// mojibake holds what UTF-8 looks like after it was read as Latin-1 and saved
// again, and the sign of a character that was lost.
var mojibake = [...]string{"Ã©", "Ã¡", "Ã±", "Ã³", "Ã\u00ad", "Ãº", "Ã¨", "Ã¼", "Ã¶", "â€™", "â€œ", "â€“", "â€\u009d", "\ufffd"}

func (t *table) damage(cell text) {
	for _, sign := range mojibake {
		if strings.Contains(cell.Value, sign) {
			t.findings.add(diag.Warnf(cell.Pos, "encoding", "%q in this cell looks like a letter that was lost when the file was saved in another encoding", sign).
				WithHint(`save it from the spreadsheet as "CSV UTF-8"`))
			return
		}
	}
}

func (t *table) cell(b *rawBook, column string, cell text) {
	switch column {
	case "id":
		b.ID = cell
	case "title":
		b.Title = t.prose(cell)
	case "author":
		b.Author = t.proses(cell)
	case "illustrator":
		b.Illustrator = t.proses(cell)
	case "isbn":
		b.ISBN = parts(cell, ";")
	case "isbn_as_printed":
		b.ISBNAsPrinted = parts(cell, ";")
	case "status":
		b.Status = cell
	case "grades":
		for _, p := range parts(cell, ";") {
			b.Grades = append(b.Grades, parts(p, ",")...)
		}
	case "pages":
		b.Pages = t.number(cell, column)
	case "year":
		b.Year = t.number(cell, column)
	case "note":
		b.Note = t.prose(cell)
	case "cover":
		b.Cover = cell
	case "held_by":
		b.HeldBy = parts(cell, ";")
	case "formats":
		for _, p := range parts(cell, ";") {
			b.Formats = append(b.Formats, rawBookFormat{Kind: p})
		}
	}
}

// parts cuts a cell that holds a list. All parts have the cell's place.
func parts(cell text, sep string) []text {
	var list []text
	for part := range strings.SplitSeq(cell.Value, sep) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, text{Value: part, Pos: cell.Pos})
		}
	}
	return list
}

func (t *table) prose(cell text) prose {
	cell.Value = strings.Join(strings.Fields(cell.Value), " ")
	if f, bad := frontmatter.MarkupIn(cell); bad {
		t.findings.add(f)
	}
	if _, value, bad := secretIn(cell.Value); bad {
		t.findings.add(secretFinding(cell.Pos, value))
	}
	return prose{Text: cell}
}

func (t *table) proses(cell text) []prose {
	t.prose(cell) // before it is cut: an entity ends with a semicolon too
	var list []prose
	for _, p := range parts(cell, ";") {
		p.Value = strings.Join(strings.Fields(p.Value), " ")
		list = append(list, prose{Text: p})
	}
	return list
}

func (t *table) number(cell text, column string) frontmatter.Int {
	n, err := strconv.Atoi(cell.Value)
	if err != nil {
		t.findings.errorf(cell.Pos, "wrong-type", "%q must be a whole number, not %q", column, cell.Value)
		return frontmatter.Int{}
	}
	return frontmatter.Int{Value: n, Pos: cell.Pos}
}
