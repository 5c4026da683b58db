// Package internal holds no code of its own: README.md beside this file is the
// map of the packages below it, and a test keeps the map true.
package internal
