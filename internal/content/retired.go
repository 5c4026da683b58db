package content

import (
	"strings"

	"github.com/twinshelf/twinshelf/internal/diag"
	"github.com/twinshelf/twinshelf/internal/frontmatter"
	"github.com/twinshelf/twinshelf/internal/ledger"
)

// rawRetired is an entry of retired.yaml.
type rawRetired struct {
	Place   frontmatter.Place
	Address text  `yaml:"address"`
	To      text  `yaml:"to"`
	Reason  prose `yaml:"reason"`
}

// readRetired reads the addresses that were given up.
func (l *loader) readRetired(src frontmatter.Source) {
	entries, bad := l.schemas.retired.Decode(src)
	l.findings = append(l.findings, bad...)
	seen := map[ledger.Address]diag.Pos{}
	for _, e := range *entries {
		if !l.findings.required(e.Address, e.Place.Pos, "an entry of retired.yaml", "address") {
			continue
		}
		address, ok := l.ledgerAddress(e.Address)
		if !ok {
			continue
		}
		if before, twice := seen[address]; twice {
			l.findings.errorf(e.Address.Pos, "duplicate-id", "the address %s is retired twice, first on line %d", address, before.Line)
			continue
		}
		seen[address] = e.Address.Pos
		r := ledger.Retirement{Address: address, Reason: e.Reason.Value, Pos: e.Place.Pos}
		if e.To.Given() {
			if r.To, ok = l.ledgerAddress(e.To); !ok {
				continue
			}
		}
		l.retired = append(l.retired, r)
	}
}

func (l *loader) ledgerAddress(t text) (ledger.Address, bool) {
	a, err := ledger.ParseAddress(t.Value)
	if err != nil {
		l.findings.errorf(t.Pos, "bad-address", "%v", err)
		return ledger.Address{}, false
	}
	name := a.Path()[strings.LastIndexByte(a.Path(), '/')+1:]
	if name == "" || strings.Contains(name, ".") {
		return a, true
	}
	page, err := ledger.NewAddress(a.Path()+"/", a.Anchor()) // written without the slash at its end
	return page, err == nil
}
