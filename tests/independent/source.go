package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"
)

// source gives the resources of a log by their C2SP paths.
type source interface {
	read(path string) ([]byte, error)
}

// unreadable is a resource that could not be had, which says nothing about the log.
type unreadable struct{ error }

func open(where string) source {
	if strings.HasPrefix(where, "http://") || strings.HasPrefix(where, "https://") {
		return web{strings.TrimSuffix(where, "/") + "/", os.Getenv("BRIDATA_TOKEN")}
	}
	return folder(where)
}

type folder string

func (f folder) read(path string) ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(string(f), filepath.FromSlash(path)))
	if os.IsNotExist(err) {
		return nil, badf("%s is not there", path)
	}
	if err != nil {
		return nil, unreadable{err}
	}
	return content, nil
}

type web struct{ base, token string }

func (w web) read(path string) ([]byte, error) {
	request, err := http.NewRequest(http.MethodGet, w.base+path, nil)
	if err != nil {
		return nil, unreadable{err}
	}
	if w.token != "" {
		request.Header.Set("Authorization", "Bearer "+w.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, unreadable{err}
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return nil, unreadable{err}
	case response.StatusCode == http.StatusNotFound:
		return nil, badf("%s is not there", path)
	case response.StatusCode != http.StatusOK:
		return nil, unreadable{fmt.Errorf("%s: %s: %s", path, response.Status, content)}
	}
	return content, nil
}

// tiles reads hash tiles for tlog, whose own paths name the height, which is always 8 here. Tiles near the root are kept.
type tiles struct {
	source source
	lock   sync.Mutex
	kept   map[string][]byte
}

func newTiles(s source) *tiles { return &tiles{source: s, kept: map[string][]byte{}} }

func (t *tiles) Height() int { return 8 }

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	read := make([][]byte, len(wanted))
	for i, tile := range wanted {
		path := "tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")
		t.lock.Lock()
		content, kept := t.kept[path]
		t.lock.Unlock()
		if !kept {
			var err error
			if content, err = t.source.read(path); err != nil {
				return nil, err
			}
			if len(content) != tile.W*tlog.HashSize {
				return nil, badf("%s has %d bytes, not %d", path, len(content), tile.W*tlog.HashSize)
			}
			if tile.L > 0 {
				t.lock.Lock()
				t.kept[path] = content
				t.lock.Unlock()
			}
		}
		read[i] = content
	}
	return read, nil
}

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}
