package federation

import (
	"errors"
	"io"
	"net/http"
)

// requestBytesMax bounds what a peer may send.
const requestBytesMax = 1 << 20

// readRequest reads the body of a peer's request. A body that says it is larger
// than the cap is refused unread, one that goes on for ever is cut there, and
// its connection closed. Bodies are not encoded: a digest is of what is read.
func readRequest(w http.ResponseWriter, r *http.Request, most int64) ([]byte, error) {
	large := &refusal{Reason: bodyLarge, Status: http.StatusRequestEntityTooLarge, Text: "the body is larger than this node takes: send smaller activities"}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return nil, &refusal{Reason: bodyEncoded, Status: http.StatusUnsupportedMediaType, Text: "the body is encoded: send it as it is"}
	}
	if r.ContentLength > most {
		w.Header().Set("Connection", "close")
		return nil, large
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var cut *http.MaxBytesError
	switch {
	case errors.As(err, &cut):
		return nil, large
	case err != nil:
		return nil, (&refusal{Reason: bodyBroken, Status: http.StatusRequestTimeout, Text: "the body ended early: send it again"}).because(err)
	}
	return body, nil
}
