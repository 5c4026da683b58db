package linkcheck

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// notes returns, for each address about which there is something to say, what
// is doubtful about it without asking.
func (hub Hub) notes() map[string][]string {
	said := make(map[string][]string)
	say := func(address, note string) { said[address] = append(said[address], note) }
	duplicates, behind := hub.duplicates(), hub.behindProxy()
	for _, link := range hub.Links {
		target, proxies := hub.bare(link.URL)
		if strings.HasPrefix(strings.ToLower(target), "http://") {
			say(link.URL, "it begins with http://, which others on the way can read; try https://")
		}
		if name := session(target); name != "" {
			say(link.URL, fmt.Sprintf("it holds a session (%s) and will stop working; look for the permanent address", name))
		}
		if note := hub.twice(link, proxies); note != "" {
			say(link.URL, note)
		}
		if library := behind[host(target)]; library != "" && hub.lacksPrefix(link, proxies) {
			say(link.URL, fmt.Sprintf("the proxy prefix may be missing: other addresses of %s go through the proxy of %s", host(target), library))
		}
		if others := duplicates[sameness(target)]; link.Database != "" && len(others) > 1 {
			say(link.URL, "several databases have this address: "+strings.Join(others, ", "))
		}
	}
	for address, notes := range said {
		said[address] = distinct(notes)
	}
	return said
}

// twice finds an address that the reader gets with two proxies before it. One
// that begins with the library's own prefix is not given it again.
func (hub Hub) twice(link Link, proxies []Proxy) string {
	own, _ := hub.own(link.Library)
	if link.Proxied && (len(proxies) == 0 || proxies[0].Prefix != own.Prefix) {
		proxies = append([]Proxy{own}, proxies...)
	}
	if len(proxies) < 2 {
		return ""
	}
	return fmt.Sprintf("it goes through two proxies, of %s and of %s; take one off", proxies[0].name(), proxies[1].name())
}

func (p Proxy) name() string {
	if p.Library != "" {
		return p.Library
	}
	return host(p.Prefix)
}

// lacksPrefix reports whether a link to a host that others reach through a
// proxy has none, though its library has one; a link in a text is for patrons
// of every library.
func (hub Hub) lacksPrefix(link Link, proxies []Proxy) bool {
	if link.Proxied || link.Open || len(proxies) > 0 {
		return false
	}
	if link.Library == "" {
		return true
	}
	_, has := hub.own(link.Library)
	return has
}

// behindProxy returns the hosts that are reached through a proxy, each with
// the first library that does so.
func (hub Hub) behindProxy() map[string]string {
	behind := make(map[string]string)
	for _, link := range hub.Links {
		target, proxies := hub.bare(link.URL)
		library := link.Library
		if !link.Proxied {
			if len(proxies) == 0 {
				continue
			}
			library = proxies[0].name()
		}
		if known := behind[host(target)]; known == "" || library < known {
			behind[host(target)] = library
		}
	}
	return behind
}

// duplicates returns, for each target, the databases that have it.
func (hub Hub) duplicates() map[string][]string {
	owners := make(map[string][]string)
	for _, link := range hub.Links {
		if link.Database != "" {
			target, _ := hub.bare(link.URL)
			owners[sameness(target)] = append(owners[sameness(target)], link.Database)
		}
	}
	for target, list := range owners {
		owners[target] = distinct(list)
	}
	return owners
}

// sameness is equal for addresses that differ only in http or https, the
// letter case of the host, "www." and a last slash.
func sameness(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	key := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		key += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		key += "#" + u.Fragment
	}
	return key
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.ToLower(u.Host)
}

// session returns the name under which an address carries a session, or "".
func session(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if m := sessionInPath.FindStringSubmatch(u.Path); m != nil {
		return strings.Trim(m[0], ";/=")
	}
	for _, pair := range strings.FieldsFunc(u.RawQuery, func(r rune) bool { return r == '&' || r == ';' }) {
		name, value, _ := strings.Cut(pair, "=")
		if value != "" && sessionName.MatchString(name) || strings.Contains(value, "sessionmgr") {
			return name
		}
	}
	return ""
}

// What web servers call a session: Java, PHP, ASP, ASP.NET without cookies,
// ColdFusion, EBSCOhost.
var (
	sessionInPath = regexp.MustCompile(`(?i);jsessionid=|/\(S\([a-z0-9]+\)\)/`)
	sessionName   = regexp.MustCompile(`(?i)^(jsessionid|phpsessid|aspsessionid\w*|session_?id|session|sess|sid|cfid|cftoken)$`)
)
