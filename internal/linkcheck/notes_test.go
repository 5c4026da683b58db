package linkcheck

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNotes(t *testing.T) {
	t.Parallel()
	proxies := []Proxy{
		{Library: "grove", Prefix: "https://login.proxy.example.org/login?url="},
		{Library: "branch", Prefix: "https://login.proxy.example.org/login?url="},
		{Library: "college", Prefix: "https://p.college.example/login?qurl=", Encode: true},
	}
	const (
		noHTTPS = "it begins with http://, which others on the way can read; try https://"
		missing = "the proxy prefix may be missing: other addresses of db.example.com go through the proxy of grove"
	)
	proxied := Link{URL: "https://db.example.com/login", Library: "grove", Database: "db", Proxied: true}
	for name, c := range map[string]struct {
		links []Link
		want  map[string][]string
	}{
		"nothing to say": {[]Link{{URL: "https://example.org/a?id=3#b"}}, nil},
		"http":           {[]Link{{URL: "HTTP://example.org/"}}, map[string][]string{"HTTP://example.org/": {noHTTPS}}},
		"http behind a proxy": {
			[]Link{{URL: "https://login.proxy.example.org/login?url=http://example.org/"}},
			map[string][]string{"https://login.proxy.example.org/login?url=http://example.org/": {noHTTPS}}},
		"sessions": {
			[]Link{
				{URL: "https://a.example/x;jsessionid=4F2?b=c"}, {URL: "https://b.example/?PHPSESSID=1"}, {URL: "https://c.example/(S(abc123))/x"},
				{URL: "https://d.example/e?vid=1&sid=9-8%40x"}, {URL: "https://e.example/detail?data=f%40sessionmgr101"}, {URL: "https://f.example/?side=1&outsider=2&sid="},
			},
			map[string][]string{
				"https://a.example/x;jsessionid=4F2?b=c":          {"it holds a session (jsessionid) and will stop working; look for the permanent address"},
				"https://b.example/?PHPSESSID=1":                  {"it holds a session (PHPSESSID) and will stop working; look for the permanent address"},
				"https://c.example/(S(abc123))/x":                 {"it holds a session ((S(abc123))) and will stop working; look for the permanent address"},
				"https://d.example/e?vid=1&sid=9-8%40x":           {"it holds a session (sid) and will stop working; look for the permanent address"},
				"https://e.example/detail?data=f%40sessionmgr101": {"it holds a session (data) and will stop working; look for the permanent address"},
			}},
		"its own prefix written out is not put twice": {
			[]Link{{URL: "https://login.proxy.example.org/login?url=https://db.example.com/", Library: "branch", Proxied: true}}, nil},
		"the prefix of another": {
			[]Link{{URL: "https://p.college.example/login?qurl=https%3A%2F%2Fdb.example.com%2F", Library: "grove", Proxied: true}},
			map[string][]string{"https://p.college.example/login?qurl=https%3A%2F%2Fdb.example.com%2F": {"it goes through two proxies, of grove and of college; take one off"}}},
		"two prefixes written out": {
			[]Link{{URL: "https://ezproxy.elsewhere.example/login?url=https://login.proxy.example.org/login?url=https://db.example.com/"}},
			map[string][]string{"https://ezproxy.elsewhere.example/login?url=https://login.proxy.example.org/login?url=https://db.example.com/": {
				"it goes through two proxies, of ezproxy.elsewhere.example and of grove; take one off"}}},
		"a missing prefix": {
			[]Link{
				proxied,
				{URL: "https://db.example.com/article/7"},
				{URL: "https://db.example.com/branch", Library: "branch", Database: "db"},
				{URL: "https://db.example.com/school", Library: "school", Database: "db"},
				{URL: "https://db.example.com/free", Database: "db", Open: true},
			},
			map[string][]string{"https://db.example.com/article/7": {missing}, "https://db.example.com/branch": {missing}}},
		"duplicates": {
			[]Link{
				{URL: "https://www.example.org/a/", Database: "one"}, {URL: "http://Example.org/a", Database: "two"}, {URL: "https://example.org/A", Database: "three"},
				{URL: "https://example.org/a", Page: "/guides/x/"},
				{URL: "https://b.example/", Database: "b", Library: "grove"}, {URL: "https://b.example/", Database: "b", Library: "school"},
			},
			map[string][]string{
				"https://www.example.org/a/": {"several databases have this address: one, two"},
				"http://Example.org/a":       {noHTTPS, "several databases have this address: one, two"},
			}},
		"a page that takes an address is no proxy": {
			[]Link{{URL: "https://classroom.example/share?url=http://example.org/"}}, nil},
	} {
		got := make(map[string][]string)
		for _, result := range Review(Hub{Links: c.links, Proxies: proxies}, Memory{}).Links {
			if len(result.Notes) > 0 {
				got[result.URL] = result.Notes
			}
		}
		if len(got)+len(c.want) > 0 && !cmp.Equal(c.want, got) {
			t.Errorf("%s:\n%s", name, cmp.Diff(c.want, got))
		}
	}
}

func TestBareTargets(t *testing.T) {
	t.Parallel()
	hub := Hub{Proxies: []Proxy{{Library: "grove", Prefix: "https://login.proxy.example.org/login?url="}, {Library: "empty"}}}
	for address, want := range map[string]string{
		"https://example.org/a#b": "https://example.org/a",
		"https://login.proxy.example.org/login?url=https://a.example/?b=c&d=e":              "https://a.example/?b=c&d=e",
		"https://login.proxy.example.org/login?url=https%3A%2F%2Fa.example%2F%3Fb%3Dc%2526": "https://a.example/?b=c%26",
		"https://login.proxy.example.org/login?url=":                                        "https://login.proxy.example.org/login?url=",
		"https://go.openathens.net/redirector/example.org?url=https%3A%2F%2Fa.example%2F":   "https://a.example/",
		"https://liblynxgateway.com/123?url=https://a.example/":                             "https://a.example/",
		"https://ezproxy.example.edu:2443/login?auth=shib&url=https://a.example/":           "https://a.example/",
		"https://example.org/login":                                                         "https://example.org/login",
		"":                                                                                  "",
	} {
		if got := hub.target(address); got != want {
			t.Errorf("target(%q) = %q, want %q", address, got, want)
		}
	}
}
