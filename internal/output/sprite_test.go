package output

import (
	"html/template"
	"strings"
	"testing"
)

func TestSpriteOfAPage(t *testing.T) {
	t.Parallel()
	const ebook, video, key = `<symbol id="i-ebook"><path d="M1 1"/></symbol>`, `<symbol id="i-video"></symbol>`, `<symbol id="i-key"></symbol>`
	for _, c := range []struct {
		name, icons, want string
		icon              []string
		text              bool
	}{
		{name: "only what is used", icons: "<svg>" + ebook + video + "</svg>", icon: []string{"video"}, want: "<svg>" + video + "</svg>"},
		{name: "nothing is used", icons: "<svg>" + ebook + video + "</svg>", want: "<svg></svg>"},
		{name: "a text shows databases", icons: "<svg>" + ebook + video + "</svg>", text: true, want: "<svg>" + ebook + video + "</svg>"},
		{name: "an icon of the hub's own", icons: key + ebook, want: key},
		{name: "written in another way", icons: `<symbol viewBox="0 0 1 1" id="i-ebook"/>`, want: `<symbol viewBox="0 0 1 1" id="i-ebook"/>`},
		{name: "never closed", icons: ebook + `<symbol id="i-video">`, want: `<symbol id="i-video">`},
		{name: "no icons", icons: "", want: ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := &edition{shell: shellParts{sprite: newSprite(template.HTML(c.icons))}}
			var got strings.Builder
			for _, piece := range e.sprite(Shell{Icons: c.text}, c.icon) {
				got.WriteString(string(piece))
			}
			if got.String() != c.want {
				t.Errorf("got %q, want %q", got.String(), c.want)
			}
		})
	}
}
