package hours

import (
	"archive/zip"
	_ "embed" // carries the tz database
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/twinshelf/twinshelf/internal/diag"
)

// zoneinfo is the tz database (public domain, iana.org/time-zones) as Go 1.26.8
// ships it in lib/time/zoneinfo.zip. It is carried as a file because
// [time.LoadLocation] asks the machine first, also where time/tzdata is linked
// in: a build would depend on the age of the machine's zones. To renew it, copy
// the file of a newer Go.
//
//go:embed zoneinfo.zip
var zoneinfo string

// Zone returns the time zone of an IANA name, such as America/Chicago, from the
// database that the program carries. Names are taken as they are spelt there;
// the error is a *Mistake that offers the right spelling.
func Zone(name string) (*time.Location, error) {
	archive, err := zip.NewReader(strings.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		return nil, fmt.Errorf("read the time zones: %w", err)
	}
	found := slices.IndexFunc(archive.File, func(f *zip.File) bool { return f.Name == name })
	if found < 0 || strings.HasSuffix(name, "/") {
		return nil, unknownZone(name, archive.File)
	}
	data, err := readAll(archive.File[found])
	if err != nil {
		return nil, fmt.Errorf("read the time zone %s: %w", name, err)
	}
	return time.LoadLocationFromTZData(name, data)
}

func readAll(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func unknownZone(name string, files []*zip.File) *Mistake {
	word, _, _ := strings.Cut(strings.ToLower(name), " ")
	for _, zone := range [][2]string{{"eastern", "America/New_York"}, {"central", "America/Chicago"}, {"mountain", "America/Denver"}, {"pacific", "America/Los_Angeles"}} {
		if word == zone[0] {
			return mistakef("write "+zone[1], "unknown time zone %q", name)
		}
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
		// "Chicago" alone is near to no name as a whole.
		if _, city, ok := strings.Cut(f.Name, "/"); ok && strings.EqualFold(city, strings.ReplaceAll(name, " ", "_")) {
			return mistakef(fmt.Sprintf("did you mean %q?", f.Name), "unknown time zone %q", name)
		}
	}
	hint := "write a name like America/Chicago"
	if near := diag.Suggest(name, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return mistakef(hint, "unknown time zone %q", name)
}
