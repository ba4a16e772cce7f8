package federation

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// decoded reads an answer's body. What it says of its own length is not
// believed: it is cut at the cap, as it came and as it is decoded, so that a
// small body that grows huge costs no more than a large one.
func decoded(header http.Header, body io.Reader) ([]byte, error) {
	capped := io.LimitReader(body, answerBytesMax+1)
	switch encoding := strings.ToLower(strings.TrimSpace(strings.Join(header.Values("Content-Encoding"), ", "))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		unzipped, err := gzip.NewReader(capped)
		if err != nil {
			return nil, unanswered(answerBroken, "the answer is not gzip, as it says").because(err)
		}
		capped = io.LimitReader(unzipped, answerBytesMax+1)
	default:
		return nil, unanswered(answerEncoded, "the answer is encoded as %q, which is not read", clip(encoding))
	}
	data, err := io.ReadAll(capped)
	if int64(len(data)) > answerBytesMax {
		return nil, unanswered(answerLarge, "the answer is larger than %d bytes", answerBytesMax)
	}
	return data, err
}
