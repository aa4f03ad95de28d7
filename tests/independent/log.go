package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	width = 256 // entries in a full bundle
	batch = 64  // bundles whose leaf hashes are proved at a time
	sure  = 16  // first and last entries whose inclusion is always proved
	some  = 200 // further ones, evenly spread
)

type log struct {
	source   source
	verifier note.Verifier
	origin   string
	tree     tlog.Tree

	kept      [][]byte
	keptIndex int64
}

// checkpoint verifies a signed checkpoint of this log and returns its tree.
func (l *log) checkpoint(text []byte) (tlog.Tree, error) {
	var tree tlog.Tree
	signed, err := note.Open(text, note.VerifierList(l.verifier))
	if err != nil {
		return tree, badf("checkpoint: %v", err)
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != l.origin {
		return tree, badf("checkpoint: it is of %q, not of %q", lines[0], l.origin)
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil || strconv.FormatInt(tree.N, 10) != lines[1] || tree.N < 0 {
		return tree, badf("checkpoint: %q is no tree size", lines[1])
	}
	if tree.Hash, err = tlog.ParseHash(lines[2]); err != nil {
		return tree, badf("checkpoint: %q is no hash", lines[2])
	}
	return tree, nil
}

// entries checks every entry of every bundle against the hash that the signed tree has for it, and names the first that
// differs.
func (l *log) entries() error {
	bundles := (l.tree.N + width - 1) / width
	batches := (bundles + batch - 1) / batch
	problems := make([]error, batches)
	next := make(chan int64)
	var workers sync.WaitGroup
	for i := 0; i < runtime.NumCPU(); i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			reader := tlog.TileHashReader(l.tree, newTiles(l.source))
			for b := range next {
				problems[b] = l.batch(b*batch, min(bundles, (b+1)*batch), reader)
			}
		}()
	}
	for b := int64(0); b < batches; b++ {
		next <- b
	}
	close(next)
	workers.Wait()
	for _, problem := range problems {
		if problem != nil {
			return problem
		}
	}
	return nil
}

func (l *log) batch(from, to int64, reader tlog.HashReader) error {
	first, last := from*width, min(l.tree.N, to*width)
	indexes := make([]int64, 0, last-first)
	for i := first; i < last; i++ {
		indexes = append(indexes, tlog.StoredHashIndex(0, i))
	}
	hashes, err := reader.ReadHashes(indexes)
	if err != nil {
		return wrap(err, "tiles under entries %d to %d", first, last-1)
	}
	for b := from; b < to; b++ {
		entries, problem := l.bundle(b)
		for i, entry := range entries {
			if at := b*width + int64(i); tlog.RecordHash(entry) != hashes[at-first] {
				return badf("entry %d does not have the hash that the tree has for it", at)
			}
		}
		if problem != nil {
			return problem
		}
	}
	return nil
}

// bundle reads the entries of one bundle: as many as the tree has there, no byte more. With an error come the entries before
// what is wrong.
func (l *log) bundle(index int64) ([][]byte, error) {
	count := min(l.tree.N-index*width, width)
	path := "tile/entries/" + number(index)
	if count < width {
		path += fmt.Sprintf(".p/%d", count)
	}
	rest, err := l.source.read(path)
	if err != nil {
		return nil, err
	}
	entries := make([][]byte, 0, count)
	for int64(len(entries)) < count {
		if len(rest) < 2 || len(rest)-2 < int(binary.BigEndian.Uint16(rest)) {
			return entries, badf("entry %d: the bundle breaks off", index*width+int64(len(entries)))
		}
		length := int(binary.BigEndian.Uint16(rest))
		entries = append(entries, rest[2:2+length])
		rest = rest[2+length:]
	}
	if len(rest) > 0 {
		return entries, badf("entry %d: the bundle goes on behind it", index*width+count-1)
	}
	return entries, nil
}

// entry reads one entry. The last bundle is kept, since proofs are asked for in order.
func (l *log) entry(index int64) ([]byte, error) {
	if l.kept == nil || l.keptIndex != index/width {
		entries, err := l.bundle(index / width)
		if err != nil {
			return nil, err
		}
		l.kept, l.keptIndex = entries, index/width
	}
	return l.kept[index%width], nil
}

// older checks that the tree of an earlier checkpoint is a prefix.
func (l *log) older(file string, reader tlog.HashReader) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	tree, err := l.checkpoint(text)
	if err != nil {
		return wrap(err, "older")
	}
	return wrap(l.prefix(tree, reader), "older checkpoint")
}

func number(n int64) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	return text
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
