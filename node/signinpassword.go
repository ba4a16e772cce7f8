package node

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"disconode/node/store"
	"disconode/valueflows"
)

// Passwords are kept as Argon2id hashes (RFC 9106), each with its own salt and
// the cost it was made with.
const (
	passwordMin     = 10  // characters
	passwordMax     = 200 // characters
	argonMemory     = 19 << 10
	argonTime       = 2
	argonThreads    = 1
	argonMemoryMax  = 256 << 10 // KiB, of a hash that is read
	argonTimeMax    = 16
	argonThreadsMax = 16
	argonSalt       = 16
	argonKey        = 32
)

// ErrBusy is that too many people sign in at this moment.
var ErrBusy = errors.New("too many people are signing in at this moment: try again in a few seconds")

// Hashing takes 19 MB and a processor for a moment: as many at once as there are
// processors, and a few that wait for their turn.
var (
	hashing     = make(chan struct{}, runtime.NumCPU())
	hashWaiting = make(chan struct{}, 32*runtime.NumCPU())
	hashed      atomic.Int64 // passwords, since the start
)

// hashWait is how long one waits for a turn.
const hashWait = 10 * time.Second

// inTurn does work that is costly in memory.
func inTurn(ctx context.Context, do func()) error {
	select {
	case hashWaiting <- struct{}{}:
		defer func() { <-hashWaiting }()
	default:
		return ErrBusy
	}
	late := time.NewTimer(hashWait)
	defer late.Stop()
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-late.C:
		return ErrBusy
	case <-ctx.Done():
		return ctx.Err()
	}
	hashed.Add(1)
	do()
	return nil
}

//go:embed commonpasswords.txt
var commonList string

var commonPasswords = func() map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(commonList) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all[line] = true
		}
	}
	return all
}()

// checkPassword refuses a password that is easily guessed: short, common, one
// character or a run of them over and over, or one of the names around it.
func checkPassword(password string, names ...string) error {
	weak := func(format string, args ...any) error {
		return valueflows.At(valueflows.Invalid("WEAK_PASSWORD", format, args...), "password")
	}
	if !utf8.ValidString(password) || strings.ContainsRune(password, 0) {
		return valueflows.At(valueflows.Invalid("INVALID_TEXT", "a password is text in UTF-8, without the character U+0000"), "password")
	}
	n := utf8.RuneCountInString(password)
	if n < passwordMin {
		return weak("a password has at least %d characters: a few words in a row are easy to remember", passwordMin)
	}
	if n > passwordMax {
		return weak("a password has at most %d characters", passwordMax)
	}
	plain := strings.ToLower(strings.TrimSpace(password))
	core := strings.TrimRightFunc(plain, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsPunct(r) || unicode.IsSpace(r) })
	if commonPasswords[plain] || repeats(plain) || runs(plain) {
		return weak("this password is among those that are guessed first: take a few words in a row that do not belong together")
	}
	for _, name := range names {
		if name = strings.ToLower(name); name != "" && (plain == name || core == name) {
			return weak("this password is a name that others know: take a few words in a row that do not belong together")
		}
	}
	return nil
}

// repeats tells whether a text is at most four characters over and over.
func repeats(text string) bool {
	runes := []rune(text)
	for period := 1; period <= 4; period++ {
		same := true
		for i := period; i < len(runes) && same; i++ {
			same = runes[i] == runes[i-period]
		}
		if same {
			return true
		}
	}
	return false
}

// runs tells whether a text only counts up or down, as 0123456789 does.
func runs(text string) bool {
	runes := []rune(text)
	for _, step := range []rune{1, -1} {
		all := true
		for i := 1; i < len(runes) && all; i++ {
			all = runes[i]-runes[i-1] == step
		}
		if all {
			return true
		}
	}
	return false
}

// hashPassword makes what is kept of a password.
func hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	rand.Read(salt)
	var key []byte
	if err := inTurn(ctx, func() {
		key = argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	}); err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads, b64(salt), b64(key)), nil
}

// nobodysHash is what a password is held against where there is none to hold it
// against, so that this takes as long. Its key is no password's.
var nobodysHash = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
	strings.Repeat("A", 22), strings.Repeat("A", 43))

// holds tells whether a password is the one that a hash was made of.
func holds(ctx context.Context, hash, password string) (bool, error) {
	var version int
	var memory, passes uint32
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errors.New("what is kept of a password is not an Argon2id hash")
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &threads); err != nil || version != argon2.Version ||
		memory > argonMemoryMax || passes < 1 || passes > argonTimeMax || threads < 1 || threads > argonThreadsMax {
		return false, errors.New("what is kept of a password has a cost that is not known here")
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("the salt of a password: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) < 16 {
		return false, errors.New("what is kept of a password is cut off")
	}
	var got []byte
	if err := inTurn(ctx, func() {
		got = argon2.IDKey([]byte(password), salt, passes, memory, threads, uint32(len(want)))
	}); err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// SetPassword sets what a member of a LAB signs in with, and ends all sessions
// of that member. For the command line.
func (n *Node) SetPassword(ctx context.Context, lab valueflows.ID, user, password string) error {
	if PrincipalOf(ctx).Role != Operator {
		return ErrForbidden
	}
	if err := checkPassword(password, n.namesAround(ctx, lab, user)...); err != nil {
		return err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return n.write(ctx, func(s *session) error {
		person, err := s.memberNamed(lab, user)
		if err != nil {
			return err
		}
		return s.tx.PutPassword(person, hash, s.at)
	})
}

// namesAround are the names that a member's password may not be.
func (n *Node) namesAround(ctx context.Context, lab valueflows.ID, user string) []string {
	names := []string{user}
	if l := n.labOf(lab); l != nil {
		names = append(names, l.Slug, n.labName(ctx, lab))
	}
	return names
}

// labName is how a LAB is called; empty where that is not known.
func (n *Node) labName(ctx context.Context, lab valueflows.ID) string {
	agents, err := n.agentsSeen(ctx, Principal{Role: Operator}, []valueflows.ID{lab})
	if err != nil || agents[lab] == nil {
		return ""
	}
	return agents[lab].Name
}

// memberNamed is the one member of a LAB who bears a name.
func (s *session) memberNamed(lab valueflows.ID, user string) (valueflows.ID, error) {
	members, err := s.tx.MembersNamed(lab, user)
	return oneMember(members, err, user)
}

func oneMember(members []*store.Membership, err error, user string) (valueflows.ID, error) {
	switch {
	case err != nil:
		return valueflows.ID{}, err
	case len(members) == 0:
		return valueflows.ID{}, valueflows.At(valueflows.Invalid("NOT_FOUND", "no member of the LAB is called %q", valueflows.Clip(user)), "user")
	case len(members) > 1:
		return valueflows.ID{}, valueflows.At(valueflows.Invalid("AMBIGUOUS_NAME", "several members of the LAB are called %q", valueflows.Clip(user)), "user")
	}
	return members[0].Person, nil
}
