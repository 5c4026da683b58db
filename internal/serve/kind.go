package serve

import (
	"mime"
	"path"
	"strings"
)

// contentType returns the type of a file by its name. The types that a hub
// holds are listed here, because the system's own list is another on each
// machine.
func contentType(file string) string {
	switch path.Base(file) {
	case "_headers", "_redirects":
		return "text/plain; charset=utf-8"
	case "feed.xml":
		return "application/atom+xml; charset=utf-8"
	}
	switch ext := strings.ToLower(path.Ext(file)); ext {
	case ".html", ".htm":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".xml":
		return "application/xml; charset=utf-8"
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".txt", ".md":
		return "text/plain; charset=utf-8"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".vtt":
		return "text/vtt; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png", ".gif", ".webp", ".avif":
		return "image/" + ext[1:]
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".ico":
		return "image/x-icon"
	case ".woff2", ".woff", ".ttf", ".otf":
		return "font/" + ext[1:]
	case ".pdf", ".zip":
		return "application/" + ext[1:]
	case ".imscc":
		return "application/zip" // 1EdTech Common Cartridge 1.3, 2.1: a zip archive
	case ".epub":
		return "application/epub+zip"
	case ".mp3":
		return "audio/mpeg"
	case ".m4a":
		return "audio/mp4"
	case ".ogg", ".oga":
		return "audio/ogg"
	case ".wav":
		return "audio/wav"
	case ".mp4", ".m4v":
		return "video/mp4"
	case ".webm":
		return "video/webm"
	case ".wasm":
		return "application/wasm"
	default:
		if kind := mime.TypeByExtension(ext); kind != "" {
			return kind
		}
		return "application/octet-stream"
	}
}
