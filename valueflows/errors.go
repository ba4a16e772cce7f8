package valueflows

import (
	"errors"
	"fmt"
	"strings"
)

// InputError says what is wrong with what was sent, in the sender's words, and
// what to do. Code is stable; Path leads from the input to the field at fault.
type InputError struct {
	Code string
	Text string
	Path []string
}

func (e *InputError) Error() string {
	if len(e.Path) == 0 {
		return e.Text
	}
	return strings.Join(e.Path, ".") + ": " + e.Text
}

// Invalid makes an [*InputError].
func Invalid(code, format string, args ...any) *InputError {
	return &InputError{Code: code, Text: fmt.Sprintf(format, args...)}
}

// At is the same error, found at a field. An error that is not an
// [*InputError] stays as it is.
func At(err error, path ...string) error {
	var input *InputError
	if !errors.As(err, &input) {
		return err
	}
	return &InputError{Code: input.Code, Text: input.Text, Path: append(append([]string{}, path...), input.Path...)}
}
