package site_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// noteCopies keeps what is copied instead of giving it to the clipboard, which
// a browser without a window does not have.
const noteCopies = `
  window.copied = [];
  navigator.clipboard.writeText = async (text) => { copied.push(text); };
  navigator.clipboard.write = async ([item]) => {
    for (const type of item.types) copied.push(type + ': ' + await (await item.getType(type)).text());
  };`

func TestCopying(t *testing.T) {
	t.Parallel()
	files := maps.Clone(riverside)
	files["content/awards/pine/2027.md"] = "---\ntitle: Pine & <Fir>\nbooks: [{title: Wish}, {title: Robot}]\n---\n"
	files["content/awards/pine/index.md"] = "---\ntitle: Pine\n---\n"
	hub := serveHub(t, files)
	tab := hub.tab(t)
	list := hub.url + "awards/pine/2027/"
	press := func(selector string) []string {
		t.Helper()
		tab.do(t, chromedp.Navigate(list))
		return eval[[]string](t, tab, noteCopies+`
  (async () => {
    document.querySelector('#share details').open = true;
    const button = document.querySelector("`+selector+`");
    if (!button.checkVisibility()) return ['it is not to be seen'];
    button.click();
    while (button.textContent !== 'Copied') await new Promise((wait) => setTimeout(wait, 5));
    return copied;
  })()`)
	}
	for selector, want := range map[string][]string{
		"#share button[data-copy^=http]": {list},
		"#robot .here":                   {list + "#robot"},
		"#share [data-copy-as=html]": {
			`text/html: <a href="` + list + `">Pine &amp; &lt;Fir&gt;</a>`, "text/plain: Pine & <Fir> " + list,
		},
		"#share [data-copy*='](']": {`[Pine & \<Fir>](` + list + ")"},
	} {
		if got := press(selector); !slices.Equal(got, want) {
			t.Errorf("%s copies %q, want %q", selector, got, want)
		}
	}
}
