package serve

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// hosts decides which Host headers are answered. A browser that was led here
// by a foreign name sends that name, so that refusing it keeps foreign pages
// from reading the hub (DNS rebinding).
type hosts struct {
	name string         // the host of --addr as it was given, "" for all interfaces
	at   netip.AddrPort // what is listened on
}

// open reports whether other machines may reach the address.
func (h hosts) open() bool { return !h.at.Addr().Unmap().IsLoopback() }

// everywhere reports whether all interfaces are listened on.
func (h hosts) everywhere() bool { return h.at.Addr().Unmap().IsUnspecified() }

// answers reports whether a request with this Host header is for us: localhost,
// a loopback address, the host of --addr, and on all interfaces any IP address.
func (h hosts) answers(header string) bool {
	host := header
	if bare, port, err := net.SplitHostPort(header); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
		host = bare
	} else if strings.HasPrefix(header, "[") && strings.HasSuffix(header, "]") {
		host = header[1 : len(header)-1]
	}
	if strings.EqualFold(host, "localhost") || h.name != "" && strings.EqualFold(host, h.name) {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	ip = ip.Unmap()
	return ip.IsLoopback() || h.everywhere() || ip == h.at.Addr().Unmap()
}

// url returns the address to open in a browser on this machine.
func (h hosts) url(base string) string {
	host := h.name
	if h.everywhere() {
		host = "localhost"
	}
	u := url.URL{Scheme: "http", Host: net.JoinHostPort(host, strconv.Itoa(int(h.at.Port()))), Path: base}
	return u.String()
}
