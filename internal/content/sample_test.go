package content

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// The hub in content/ is what people see first: nothing in it is wrong.
func TestSampleIsSilent(t *testing.T) {
	h, findings, err := Load(context.Background(), Options{FS: os.DirFS("../.."), Now: civil.Start(civil.New(2026, time.November, 23))})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	for _, e := range h.Editions {
		t.Logf("%s: %d libraries, %d databases, %d awards, %d guides, %d pages, %d absent",
			e.Lang, len(e.Libraries), len(e.Databases), len(e.Awards), len(e.Guides), len(e.Pages), len(e.Absent))
	}
}
