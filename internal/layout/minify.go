package layout

import (
	"fmt"
	"regexp"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
)

// Minify makes a file of static/ smaller, by its extension: .css, .js, .svg,
// .json and .webmanifest. Other files are returned as they are. Its error says
// what does not parse, and where.
func Minify(ext string, data []byte) ([]byte, error) {
	m := minify.New()
	var kind string
	switch ext {
	case ".css":
		kind = "text/css"
		m.Add(kind, &css.Minifier{})
	case ".js":
		kind = "text/javascript"
		m.Add(kind, &js.Minifier{Version: 2020})
	case ".svg":
		kind = "image/svg+xml"
		m.Add(kind, &svg.Minifier{})
		m.Add("text/css", &css.Minifier{})
	case ".json", ".webmanifest":
		kind = "application/json"
		m.AddRegexp(regexp.MustCompile("json$"), &json.Minifier{KeepNumbers: true})
	default:
		return data, nil
	}
	small, err := m.Bytes(kind, data)
	if err != nil {
		return nil, fmt.Errorf("cannot read it: %w", err)
	}
	return small, nil
}
