package layout

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
	"github.com/tdewolff/parse/v2"
)

// Minify makes a file of static/ smaller, by its extension: .css, .js, .svg,
// .json and .webmanifest. Other files are returned as they are. Its error is a
// *SyntaxError.
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
		return nil, syntaxErrorOf(err)
	}
	return small, nil
}

// SyntaxError says where a file does not parse.
type SyntaxError struct {
	Line, Column int // from 1
	Message      string
}

var _ error = (*SyntaxError)(nil)

// Error says where and what in one line.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// syntaxErrorOf takes the place and the words out of what the minifier says,
// which shows the source over several lines.
func syntaxErrorOf(err error) *SyntaxError {
	var at *parse.Error
	if errors.As(err, &at) {
		return &SyntaxError{max(at.Line, 1), max(at.Column, 1), at.Message}
	}
	message, _, _ := strings.Cut(err.Error(), "\n")
	return &SyntaxError{1, 1, message}
}
