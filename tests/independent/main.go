// Command independent checks a C2SP log (tlog-tiles, tlog-checkpoint, tlog-proof) from the outside. It shares no code with the
// platform: signatures are checked by golang.org/x/mod/sumdb/note, every hash and proof by golang.org/x/mod/sumdb/tlog.
//
//	independent -vkey KEY [-origin NAME] [-old FILE] [-receipt FILE]... URL|FOLDER
//
// The bearer token is read from BRIDATA_TOKEN. Exit status 0: everything stands. 1: something does not, and it is named.
// 2: the arguments are not in order. 3: a resource cannot be had for another reason than that it is not there.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type files []string

func (f *files) String() string     { return strings.Join(*f, " ") }
func (f *files) Set(s string) error { *f = append(*f, s); return nil }

// bad is what is wrong with the log, as opposed to what kept us from looking.
type bad struct{ error }

func badf(format string, args ...any) error { return bad{fmt.Errorf(format, args...)} }

func main() {
	vkey := flag.String("vkey", "", "note verifier `key` of the log")
	origin := flag.String("origin", "", "origin line of the checkpoint; the key's name unless given")
	old := flag.String("old", "", "older signed checkpoint that must be a prefix")
	var receipts files
	flag.Var(&receipts, "receipt", "tlog-proof `file` that must stand; may be repeated")
	flag.Parse()
	verifier, err := note.NewVerifier(*vkey)
	if err != nil || flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: independent -vkey KEY [-origin NAME] [-old FILE] [-receipt FILE]... URL|FOLDER")
		os.Exit(2)
	}
	if *origin == "" {
		*origin = verifier.Name()
	}
	l := &log{source: open(flag.Arg(0)), verifier: verifier, origin: *origin}
	account, err := l.check(*old, receipts)
	var wrong bad
	switch {
	case err == nil:
		fmt.Println(account)
	case errors.As(err, &wrong):
		fmt.Println("bad:", err)
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, "not checked:", err)
		os.Exit(3)
	}
}

// check looks at everything and returns what was looked at.
func (l *log) check(old string, receipts []string) (string, error) {
	text, err := l.source.read("checkpoint")
	if err != nil {
		return "", err
	}
	if l.tree, err = l.checkpoint(text); err != nil {
		return "", err
	}
	if err = l.entries(); err != nil {
		return "", err
	}
	reader := tlog.TileHashReader(l.tree, newTiles(l.source))
	root, err := treeHash(l.tree.N, reader)
	if err != nil {
		return "", wrap(err, "root at size %d", l.tree.N)
	}
	if root != l.tree.Hash {
		return "", badf("the tiles hash to %v, the checkpoint says %v", root, l.tree.Hash)
	}
	included, err := l.inclusion(reader)
	if err != nil {
		return "", err
	}
	consistent, err := l.consistency(reader)
	if err != nil {
		return "", err
	}
	if old != "" {
		if err = l.older(old, reader); err != nil {
			return "", err
		}
		consistent++
	}
	for _, file := range receipts {
		if err = l.receipt(file, reader); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("ok: %d entries, %d inclusion proofs, %d consistency proofs, %d receipts, root %v",
		l.tree.N, included, consistent, len(receipts), l.tree.Hash), nil
}
