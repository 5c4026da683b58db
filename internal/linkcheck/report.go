package linkcheck

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Report is what is known of all outside addresses, sorted by address.
type Report struct {
	Asked bool // the addresses were asked in this run
	Links []Result
}

// WriteJSON prints the report as data (contract, section 4). It has a field
// more, "notes", and its lists are never null.
func (r Report) WriteJSON(w io.Writer) error {
	type link struct {
		URL       string   `json:"url"`
		State     State    `json:"state"`
		To        string   `json:"to"`
		Pages     []string `json:"pages"`
		Libraries []string `json:"libraries"`
		Reason    string   `json:"reason"`
		Notes     []string `json:"notes"`
	}
	out := struct {
		Links []link `json:"links"`
	}{make([]link, 0, len(r.Links))}
	for _, l := range r.Links {
		out.Links = append(out.Links, link{l.URL, l.State, l.To, distinct(l.Pages), distinct(l.Libraries), l.Reason, distinct(l.Notes)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// WriteText prints what somebody should look at, first by page, then by
// library, and how many addresses there are of each state.
func (r Report) WriteText(w io.Writer) error {
	var b strings.Builder
	b.WriteString(r.summary() + "\n")
	r.section(&b, "By page", func(l Result) []string { return l.Pages })
	r.section(&b, "By library", func(l Result) []string { return l.Libraries })
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) summary() string {
	counts := make(map[State]int)
	noted := 0
	for _, l := range r.Links {
		counts[l.State]++
		if len(l.Notes) > 0 {
			noted++
		}
	}
	var parts []string
	for _, state := range []State{OK, Redirect, Failing, Dead, CouldNotTell} {
		if counts[state] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[state], state.words()))
		}
	}
	if noted > 0 {
		parts = append(parts, fmt.Sprintf("%d with a note", noted))
	}
	text := fmt.Sprintf("%d outside addresses", len(r.Links))
	if len(r.Links) == 1 {
		text = "1 outside address"
	}
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	if !r.Asked {
		text += `; nothing was asked, "twinshelf links --external" does`
	}
	return text
}

func (s State) words() string {
	if s == CouldNotTell {
		return "could not tell"
	}
	return string(s)
}

// section lists the addresses to look at under what groups them.
func (r Report) section(b *strings.Builder, title string, groups func(Result) []string) {
	byGroup := make(map[string][]Result)
	var names []string
	for _, l := range r.Links {
		if !r.wants(l) {
			continue
		}
		for _, name := range groups(l) {
			if byGroup[name] == nil {
				names = append(names, name)
			}
			byGroup[name] = append(byGroup[name], l)
		}
	}
	if len(names) == 0 {
		return
	}
	slices.Sort(names)
	fmt.Fprintf(b, "\n%s\n", title)
	for _, name := range names {
		fmt.Fprintf(b, "\n  %s\n", name)
		for _, l := range byGroup[name] {
			l.write(b)
		}
	}
}

// wants reports whether somebody should look at an address. That nothing is
// known because nothing was asked needs no look.
func (r Report) wants(l Result) bool {
	quiet := l.State == OK || l.State == CouldNotTell && !r.Asked
	return !quiet || len(l.Notes) > 0
}

func (l Result) write(b *strings.Builder) {
	fmt.Fprintf(b, "    %s  %s\n", l.State.words(), l.URL)
	if l.To != "" {
		fmt.Fprintf(b, "      leads to %s\n", l.To)
	}
	if l.Reason != "" {
		fmt.Fprintf(b, "      %s\n", l.Reason)
	}
	for _, note := range l.Notes {
		fmt.Fprintf(b, "      %s\n", note)
	}
}
