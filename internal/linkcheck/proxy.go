package linkcheck

import (
	"net/url"
	"regexp"
	"strings"
)

// target returns the address to ask for: without proxies, without an anchor.
func (hub Hub) target(address string) string {
	bare, _ := hub.bare(address)
	bare, _, _ = strings.Cut(bare, "#")
	return bare
}

// bare takes the proxies off an address and returns those that it took, the
// outermost first. One that no library of the hub has is named by its host.
func (hub Hub) bare(address string) (target string, proxies []Proxy) {
	for range 4 { // more than that is a mistake that nobody makes
		inner, proxy, ok := hub.unwrap(address)
		if !ok {
			break
		}
		address, proxies = inner, append(proxies, proxy)
	}
	return address, proxies
}

// own returns the proxy of a library.
func (hub Hub) own(library string) (Proxy, bool) {
	for _, proxy := range hub.Proxies {
		if proxy.Library == library {
			return proxy, true
		}
	}
	return Proxy{Library: library}, false
}

func (hub Hub) unwrap(address string) (string, Proxy, bool) {
	for _, proxy := range hub.Proxies {
		if inner, ok := cutPrefix(address, proxy.Prefix); ok && inner != "" && proxy.Prefix != "" {
			return decoded(inner), proxy, true
		}
	}
	if m := anyProxy.FindStringSubmatch(address); m != nil {
		return decoded(m[2]), Proxy{Prefix: m[1]}, true
	}
	return address, Proxy{}, false
}

// anyProxy knows the proxies of libraries outside the hub by their form:
// EZproxy's /login?url= and /login?qurl=, the redirectors of OpenAthens and
// LibLynx. These are 1,478 of the 1,511 in tom5760/ezproxy-db
// static/proxies.json.
var anyProxy = regexp.MustCompile(`(?i)^(https?://(?:[^/?#]+/login|go\.openathens\.net/redirector/[^/?#]+|(?:www\.)?liblynxgateway\.com/[^/?#]+)\?(?:auth=[^&]*&)?q?url=)(https?(?::|%3a).*)$`)

// cutPrefix is strings.CutPrefix that does not care for http or https, and
// for the letter case of what stands before the path.
func cutPrefix(address, prefix string) (string, bool) {
	plain := func(s string) string {
		_, rest, ok := strings.Cut(s, "://")
		if !ok {
			return s
		}
		return rest
	}
	address, prefix = plain(address), plain(prefix)
	if len(address) < len(prefix) || !strings.EqualFold(address[:len(prefix)], prefix) {
		return "", false
	}
	return address[len(prefix):], true
}

// decoded takes the percent-encoding off a target that was put behind a proxy
// as a whole. One that stands there as it is has its "://".
func decoded(target string) string {
	if strings.Contains(target, "://") {
		return target
	}
	plain, err := url.QueryUnescape(target)
	if err != nil {
		return target
	}
	return plain
}
