package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// WriteText prints findings one on a line.
func WriteText(w io.Writer, findings []Finding) error {
	for _, f := range findings {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return err
		}
	}
	return nil
}

// Record is a finding as JSON shows it (contract, section 1).
type Record struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Hint     string `json:"hint"`
}

// Records turns findings into what JSON shows; it is never nil.
func Records(findings []Finding) []Record {
	records := make([]Record, 0, len(findings))
	for _, f := range findings {
		records = append(records, Record{
			File: f.Pos.File, Line: max(f.Pos.Line, 1), Column: max(f.Pos.Col, 1),
			Severity: f.Severity.String(), Rule: f.Rule, Message: f.Message, Hint: f.Hint,
		})
	}
	return records
}

// WriteJSON prints findings as an array of records.
func WriteJSON(w io.Writer, findings []Finding) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(Records(findings))
}

// WriteGitHub prints findings as workflow commands, which a code host shows
// beside the line.
// Source: docs.github.com, "Workflow commands for GitHub Actions".
func WriteGitHub(w io.Writer, findings []Finding) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range findings {
		text := f.Message
		if f.Hint != "" {
			text += " (" + f.Hint + ")"
		}
		_, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n",
			f.Severity, property.Replace(f.Pos.File), max(f.Pos.Line, 1), max(f.Pos.Col, 1),
			property.Replace(f.Rule), data.Replace(text))
		if err != nil {
			return err
		}
	}
	return nil
}

// oneLine folds line breaks, so that a finding stays one line whatever a file
// name or a quoted value holds.
func oneLine(s string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s)
}
