package content

import "testing"

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
