// Package content reads a hub's content/ folder and makes a [hub.Hub] of it.
// The form of the files (names, front matter, CSV) is known here and nowhere
// else.
//
//	h, findings, err := content.Load(ctx, content.Options{FS: os.DirFS(root), Now: now})
//	if err != nil { ... } // trouble with the machine
//	diag.WriteText(os.Stdout, findings)
//
// Reading has two halves. Parsing takes the path and the text of one file and
// nothing else, so its results can be kept in a [Cache] and only what changed
// is parsed again. Joining takes all of them: it finds the original of each
// translation, checks every value and every reference once, and then makes an
// edition for each language.
//
// Mistakes of authors are findings, all of them in one run, each with the place
// where it stands. Whether links, anchors and addresses lead somewhere is not
// known here: package check asks the plan of the site. Opening hours are judged
// by package hours, bodies by package markdown; their findings pass through.
//
// site, serve and the tests call Load; nobody else reads content/.
package content
