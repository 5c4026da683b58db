// Package twinshelf carries what the program brings with it: the layouts, the
// static files and the sample hub. Whoever needs them takes them from here;
// the code is in the packages below cmd and internal.
package twinshelf

import "embed"

// Layouts holds the program's own layouts/ folder.
//
//go:embed all:layouts
var Layouts embed.FS

// Static holds the program's own static/ folder.
//
//go:embed all:static
var Static embed.FS

// Sample holds content/, the sample hub that "twinshelf init" copies.
//
//go:embed all:content
var Sample embed.FS
