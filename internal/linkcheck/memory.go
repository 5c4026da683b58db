package linkcheck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// Memory is what earlier runs learnt: the file links-seen.json at the root of
// a hub. The zero Memory remembers nothing. It does not change.
type Memory struct {
	records map[string]record // by address, as the content gives it
}

// record is what is remembered of an address.
type record struct {
	ok     civil.Date   // the last day on which it answered
	failed []civil.Date // since then, sorted
	to     string       // where it led when it last answered
	reason string       // why it failed last
}

// deadAfter is on how many dates an address fails before it is called dead.
const deadAfter = 3

// line is how a record stands in the file.
type line struct {
	URL    string   `json:"url"`
	OK     string   `json:"ok,omitempty"`
	To     string   `json:"to,omitempty"`
	Failed []string `json:"failed,omitempty"`
	Reason string   `json:"reason,omitempty"`
}

// ParseMemory reads the file; empty text is an empty memory. The error says
// what is wrong in words for the person who edited or merged it.
func ParseMemory(text []byte) (Memory, error) {
	m := Memory{make(map[string]record)}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if len(bytes.TrimSpace(text)) == 0 {
		return m, nil
	}
	var file struct {
		Links []line `json:"links"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		if bytes.Contains(text, []byte("<<<<<<<")) {
			return Memory{}, fmt.Errorf("git left its marker lines in it; keep either side, the next run adds what is missing")
		}
		return Memory{}, fmt.Errorf("it is not the JSON that \"links\" writes: %w", err)
	}
	for _, l := range file.Links {
		r, err := l.record()
		if err != nil {
			return Memory{}, fmt.Errorf("address %q: %w", l.URL, err)
		}
		m.records[l.URL] = r
	}
	return m, nil
}

func (l line) record() (record, error) {
	r := record{to: l.To, reason: l.Reason}
	var err error
	if l.OK != "" {
		if r.ok, err = civil.Parse(l.OK); err != nil {
			return r, err
		}
	}
	for _, text := range l.Failed {
		day, err := civil.Parse(text)
		if err != nil {
			return r, err
		}
		r = r.failedOn(day)
	}
	return r, nil
}

// Format returns the text of the file: one address a line, sorted, so that a
// version control system shows what changed. Parsing it gives an equal memory.
func (m Memory) Format() ([]byte, error) {
	urls := make([]string, 0, len(m.records))
	for url := range m.records {
		urls = append(urls, url)
	}
	slices.Sort(urls)
	var b bytes.Buffer
	b.WriteString("{\"links\": [")
	for i, url := range urls {
		b.WriteString(strings.Repeat(",", min(i, 1)) + "\n")
		var row bytes.Buffer
		encoder := json.NewEncoder(&row)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(m.records[url].line(url)); err != nil {
			return nil, fmt.Errorf("write what is known of %s: %w", url, err)
		}
		b.Write(bytes.TrimSpace(row.Bytes()))
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}

func (r record) line(url string) line {
	l := line{URL: url, OK: r.ok.String(), To: r.to, Reason: r.reason}
	for _, day := range r.failed {
		l.Failed = append(l.Failed, day.String())
	}
	return l
}

// after returns the record with an answer of today in it. An answer that tells
// nothing leaves it as it was.
func (r record) after(a answer, today civil.Date) record {
	switch a.outcome {
	case answered:
		return record{ok: today, to: a.to}
	case failed:
		r = r.failedOn(today)
		r.reason = a.reason
	}
	return r
}

// failedOn adds a date. Of more than three the first and the last two are
// kept: they say since when, and that it is so still.
func (r record) failedOn(day civil.Date) record {
	days := append(slices.Clone(r.failed), day)
	slices.SortFunc(days, civil.Date.Compare)
	days = slices.Compact(days)
	if len(days) > deadAfter {
		days = slices.Delete(days, 1, len(days)-2)
	}
	r.failed = days
	return r
}

// fill returns the result with what the record says.
func (r record) fill(result Result) Result {
	switch {
	case len(r.failed) >= deadAfter:
		result.State = Dead
	case len(r.failed) > 0:
		result.State = Failing
	case r.to != "":
		result.State, result.To = Redirect, r.to
	case !r.ok.IsZero():
		result.State = OK
	default:
		result.State, result.Reason = CouldNotTell, "it was never asked"
	}
	if len(r.failed) > 0 {
		result.Reason = r.reason + r.since()
	}
	return result
}

func (r record) since() string {
	text := "; failed on "
	for i, day := range r.failed {
		if i > 0 {
			text += ", "
		}
		text += day.String()
	}
	if !r.ok.IsZero() {
		text += ", answered last on " + r.ok.String()
	}
	return text
}
