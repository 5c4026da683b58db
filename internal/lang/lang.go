// Package lang is everything that depends on a language: the words of the
// interface with their plurals, dates and times, opening hours in words, the
// order of lists from A to Z, slugs and what search compares.
//
// It holds no text of its own. The words stand in layouts/i18n/LANG.yaml, which
// a hub may override word by word or add to; package lang reads these files
// ([Load]), reports what is wrong in them and answers with [Words], one for
// each language. What the machine knows of a language without its words, namely
// its name, its direction and its alphabet, is with [Tag] and [Collation].
//
// It knows no records and no addresses; it neither reads the clock nor says
// "today", unless its caller asked at a given instant.
//
//	tag, err := lang.ParseTag("es")
//	words, findings, err := lang.Load(lang.Source{Program: twinshelf.Files, Hub: root}, []lang.Tag{tag})
//	w := words.For(tag)
//	w.N("databases-count", 12)              // "12 recursos"
//	w.LongDate(date)                        // "miércoles, 25 de noviembre de 2026"
//	lang.NewCollation(tag).Key("El Niño")   // sorts as "niño"
//
// content makes tags and sorts records; output and layouts ask for words.
// Everything here is safe for concurrent use.
package lang
