// Package linkcheck asks whether the outside addresses of a hub still answer,
// and says what is doubtful about them without asking.
//
// It asks politely: one request at a time for each host and a pause before the
// next, HEAD first and GET where HEAD is refused, no cookies, a time-out. It
// asks for the bare target of an address behind a library's proxy, which is
// what other link checkers skip. Since servers have bad days, an address is
// called dead only when it failed on three dates without a success between
// them; the dates are kept in a [Memory], the file links-seen.json.
//
// The package checks no links between pages of the hub (package check does),
// reads and writes no files, and never stops a build. Package site calls it for
// the command "links":
//
//	seen, err := linkcheck.ParseMemory(text)
//	report, seen, err := linkcheck.Check(ctx, linkcheck.Collect(h), seen, linkcheck.Options{Today: h.Today})
//	err = report.WriteText(os.Stdout)
package linkcheck

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/twinshelf/twinshelf/internal/civil"
)

// Hub is what a hub links to outside of itself.
type Hub struct {
	Links   []Link  // one for each place where an address stands, in any order
	Proxies []Proxy // of all libraries that have one
	Partial bool    // there may be more links: a part of the content cannot be read
}

// Link is one place that holds an outside address.
type Link struct {
	URL      string // http or https, as the content gives it
	Page     string // the page that shows it
	Library  string // ID of the library whose patrons it is for; "" for everybody
	Database string // ID of the database that it opens; "" for any other link
	Proxied  bool   // the page puts the library's proxy before it
	Open     bool   // it needs no proxy: a free database, a policy, a catalog
}

// Proxy is how a library's proxy is written before an address.
type Proxy struct {
	Library string
	Prefix  string // as in "https://login.proxy.example.org/login?url="
	Encode  bool   // the target follows percent-encoded
}

// State is what is known about an address.
type State string

// The states, as JSON calls them.
const (
	OK           State = "ok"
	Redirect     State = "redirect"       // it answers at another address
	Failing      State = "failing"        // it does not answer, but not for long enough to be dead
	Dead         State = "dead"           // failed on three dates without a success between
	CouldNotTell State = "could-not-tell" // the server turns programs away, or was never asked
)

// Result is what is known about one address.
type Result struct {
	URL       string
	State     State
	To        string   // where a redirect leads in the end
	Reason    string   // why it is failing, dead or could not be told, in plain words
	Pages     []string // that hold it, sorted
	Libraries []string // whose patrons it is for, sorted
	Notes     []string // what is doubtful about it whether or not it answers, in plain words
}

// Options are how to ask.
type Options struct {
	Today   civil.Date            // required: the date that the memory notes
	Timeout time.Duration         // for one request; zero means 20 seconds
	Client  *http.Client          // its transport is used, its cookies are not; nil means http.DefaultClient
	Agent   string                // the User-Agent; "" names the program
	Asked   func(done, total int) // called after each address, from several goroutines; nil for nobody

	// Pause waits before the next request to a host; nil waits. The time is half
	// a second, or longer if the host asks for it with Retry-After.
	Pause func(ctx context.Context, d time.Duration)
}

// Check asks for every address once and returns what it learnt, sorted by
// address, and the memory with today in it; addresses that the hub no longer
// links to leave the memory, unless the hub is Partial. It is never an error
// that an address is dead; the error is that ctx ended, and then report and
// memory hold what was learnt until then.
func Check(ctx context.Context, hub Hub, seen Memory, o Options) (Report, Memory, error) {
	results := survey(hub)
	answers := ask(ctx, hub.targets(results), o)
	now := make(map[string]record, len(results))
	if hub.Partial {
		maps.Copy(now, seen.records)
	}
	for i, result := range results {
		r, known := seen.records[result.URL]
		answer, asked := answers[hub.target(result.URL)]
		if asked {
			r = r.after(answer, o.Today)
		}
		if asked || known {
			now[result.URL] = r
		}
		results[i] = r.fill(result)
		if asked && answer.outcome == untold {
			results[i].State, results[i].Reason, results[i].To = CouldNotTell, answer.reason, ""
		}
	}
	return Report{Asked: true, Links: results}, Memory{now}, ctx.Err()
}

// Review returns what is known without asking: what the memory says, and what
// is doubtful about the addresses themselves.
func Review(hub Hub, seen Memory) Report {
	results := survey(hub)
	for i, result := range results {
		results[i] = seen.records[result.URL].fill(result)
	}
	return Report{Links: results}
}

// survey groups the links by address and notes what is doubtful about them.
func survey(hub Hub) []Result {
	byURL := make(map[string]*Result)
	for _, link := range hub.Links {
		r := byURL[link.URL]
		if r == nil {
			r = &Result{URL: link.URL}
			byURL[link.URL] = r
		}
		r.Pages = append(r.Pages, link.Page)
		if link.Library != "" {
			r.Libraries = append(r.Libraries, link.Library)
		}
	}
	for url, notes := range hub.notes() {
		byURL[url].Notes = notes
	}
	results := make([]Result, 0, len(byURL))
	for _, r := range byURL {
		r.Pages, r.Libraries = distinct(r.Pages), distinct(r.Libraries)
		results = append(results, *r)
	}
	slices.SortFunc(results, func(a, b Result) int { return cmp.Compare(a.URL, b.URL) })
	return results
}

// distinct sorts and removes what stands twice; it is never nil.
func distinct(list []string) []string {
	sorted := append([]string{}, list...)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// targets returns the addresses to ask for, each once.
func (hub Hub) targets(results []Result) []string {
	var targets []string
	for _, result := range results {
		targets = append(targets, hub.target(result.URL))
	}
	return distinct(targets)
}
