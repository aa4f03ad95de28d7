package main

import (
	"encoding/base64"
	"errors"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// inclusion proves a sample of entries, the first and last among them, and checks the proofs.
func (l *log) inclusion(reader tlog.HashReader) (int, error) {
	count := 0
	for _, index := range sample(l.tree.N) {
		entry, err := l.entry(index)
		if err != nil {
			return count, err
		}
		proof, err := tlog.ProveRecord(l.tree.N, index, reader)
		if err == nil {
			err = tlog.CheckRecord(proof, l.tree.N, l.tree.Hash, index, tlog.RecordHash(entry))
		}
		if err != nil {
			return count, wrap(err, "inclusion of entry %d", index)
		}
		count++
	}
	return count, nil
}

// consistency proves that a sample of earlier trees are prefixes.
func (l *log) consistency(reader tlog.HashReader) (int, error) {
	count := 0
	for _, index := range sample(l.tree.N) {
		root, err := treeHash(index+1, reader)
		if err != nil {
			return count, wrap(err, "root at size %d", index+1)
		}
		if err = l.prefix(tlog.Tree{N: index + 1, Hash: root}, reader); err != nil {
			return count, err
		}
		count++
	}
	return count, nil
}

// prefix checks that an earlier tree is a prefix of the log.
func (l *log) prefix(tree tlog.Tree, reader tlog.HashReader) error {
	if tree.N > l.tree.N {
		return badf("the log has %d entries and once had %d", l.tree.N, tree.N)
	}
	if tree.N == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(l.tree.N, tree.N, reader)
	if err == nil {
		err = tlog.CheckTree(proof, l.tree.N, l.tree.Hash, tree.N, tree.Hash)
	}
	return wrap(err, "the tree of size %d is not a prefix of that of size %d", tree.N, l.tree.N)
}

// receipt checks a C2SP tlog-proof file: form, signature, inclusion of the entry that the log has at its index, and that its
// checkpoint is a prefix of the log.
func (l *log) receipt(file string, reader tlog.HashReader) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" || len(lines) < 2 {
		return badf("receipt %s: not a tlog-proof", file)
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") && len(lines) > 1 {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil || "index "+strconv.FormatInt(index, 10) != lines[0] {
		return badf("receipt %s: %q is no index", file, lines[0])
	}
	var proof tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(hash) != tlog.HashSize {
			return badf("receipt %s: %q is no hash", file, line)
		}
		proof = append(proof, *(*tlog.Hash)(hash))
	}
	tree, err := l.checkpoint([]byte(checkpoint))
	if err != nil {
		return wrap(err, "receipt %s", file)
	}
	if index < 0 || index >= tree.N || tree.N > l.tree.N {
		return badf("receipt %s: index %d, size %d; the log has %d entries", file, index, tree.N, l.tree.N)
	}
	entry, err := l.entry(index)
	if err != nil {
		return err
	}
	if err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return wrap(err, "receipt %s of entry %d", file, index)
	}
	return wrap(l.prefix(tree, reader), "receipt %s", file)
}

func treeHash(n int64, reader tlog.HashReader) (tlog.Hash, error) {
	if n == 0 {
		return tlog.ParseHash("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=") // SHA-256 of nothing, RFC 6962
	}
	return tlog.TreeHash(n, reader)
}

// sample gives indexes below n in rising order: the first, the last, and some evenly spread between them.
func sample(n int64) []int64 {
	var indexes []int64
	step := n/some + 1
	for i := int64(0); i < n; i++ {
		if i < sure || i >= n-sure || i%step == 0 {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// wrap says where an error was met. What tlog finds wrong is a fault of the log; what the source could not read stays that.
func wrap(err error, format string, args ...any) error {
	var unread unreadable
	if err == nil || errors.As(err, &unread) {
		return err
	}
	return badf(format+": %w", append(args, err)...)
}
