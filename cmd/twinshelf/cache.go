package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"

	"github.com/twinshelf/twinshelf/internal/site"
)

// builds is where finished builds are remembered: below the user's own folder
// for caches. It is nil where there is no such folder, or where the program
// cannot be read to tell it from others.
func (m machine) builds() *site.Builds {
	if m.cache == "" || m.program == "" {
		return nil
	}
	sum, err := fileSum(m.program)
	if err != nil {
		return nil
	}
	return &site.Builds{Folder: m.cache, Program: sum}
}

// fileSum is the SHA-256 of a file. The version of the program says nothing:
// it is the same for all programs that "go run" makes.
func fileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// cacheFolder returns the user's folder for what Twinshelf keeps, "" for none.
func cacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "twinshelf")
}

// programFile returns the file of this program, "" if the system does not tell.
func programFile() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	return path
}
