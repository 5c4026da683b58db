package content

import (
	"strings"
	"testing"
	"time"
)

// Old spreadsheet programs end lines with a carriage return alone.
func TestTableWithCarriageReturns(t *testing.T) {
	t.Parallel()
	table := parseTable("b.csv", "title,author\rWish,Barbara O'Connor\rWonder,R. J. Palacio\r")
	if len(table.findings) > 0 {
		t.Fatal(table.findings)
	}
	if len(table.books) != 2 || table.books[1].Title.Value != "Wonder" || table.books[1].Title.Pos.Line != 3 {
		t.Errorf("got %+v", table.books)
	}
}

// A row of 40,000 cells took 2.4 s, as columns were counted from the
// start of the line for each.
func TestRowWithVeryManyCells(t *testing.T) {
	t.Parallel()
	start := time.Now()
	table := parseTable("b.csv", "title,author\né,"+strings.Repeat("a,", 500_000))
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
	if len(table.findings) != 1 || table.findings[0].Rule != "csv-ragged" {
		t.Errorf("findings are %v", table.findings)
	}
}

// Columns are counted in characters, also in cells that go over several lines.
func TestColumnsOfCells(t *testing.T) {
	t.Parallel()
	table := parseTable("b.csv", "title,author,note\nétude,é,a\n\"é\nü\",ö,b\n")
	if len(table.books) != 2 {
		t.Fatal(table.findings)
	}
	for i, want := range []string{"b.csv:2:9", "b.csv:4:6"} {
		if got := table.books[i].Note.Pos.String(); got != want {
			t.Errorf("the note of book %d is at %s, want %s", i+1, got, want)
		}
	}
}
