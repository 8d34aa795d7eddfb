// Reads what the log gives out with the packages that Go reads its own checksum database with (sumdb).
//
//	audit tiles KEY FOLDER            every entry of the tiles is under the checkpoint
//	audit receipt KEY FILE            the entry that a tlog-proof carries is under its checkpoint
//	audit consistency KEY OLD PROOF   the checkpoint of an add-checkpoint body extends an older one
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type folder string

func (dir folder) Height() int                         { return 8 }
func (dir folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (dir folder) read(path string) []byte {
	return must(os.ReadFile(filepath.Join(string(dir), path)))
}
func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles { // Go names the height in the path, and C2SP does not
		data = append(data, dir.read(strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
	}
	return data, nil
}

func open(signed []byte, key note.Verifier) tlog.Tree {
	lines := strings.Split(must(note.Open(signed, note.VerifierList(key))).Text, "\n")
	return tlog.Tree{N: must(strconv.ParseInt(lines[1], 10, 64)), Hash: must(tlog.ParseHash(lines[2]))}
}

func hashes(lines []string) (path []tlog.Hash) {
	for _, line := range lines {
		path = append(path, must(tlog.ParseHash(line)))
	}
	return path
}

func tiles(dir folder, key note.Verifier) {
	tree := open(dir.read("checkpoint"), key)
	reader := tlog.TileHashReader(tree, dir)
	for at := int64(0); at < tree.N; {
		tile := tlog.Tile{H: 8, L: -1, N: at / 256, W: int(min(256, tree.N-at))}
		rest := dir.read(strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1))
		for ; len(rest) > 0; at++ {
			size := 2 + int(binary.BigEndian.Uint16(rest))
			found := must(reader.ReadHashes([]int64{tlog.StoredHashIndex(0, at)}))
			if found[0] != tlog.RecordHash(rest[2:size]) {
				check(fmt.Errorf("entry %d", at))
			}
			rest = rest[size:]
		}
	}
	fmt.Println(tree.N)
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func receipt(file string, key note.Verifier) {
	head, signed, _ := strings.Cut(string(must(os.ReadFile(file))), "\n\n")
	lines, tree := strings.Split(head, "\n"), open([]byte(signed), key)
	entry := must(base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra ")))
	index := must(strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64))
	check(tlog.CheckRecord(hashes(lines[3:]), tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	fmt.Println(index)
}

func consistency(old, proof string, key note.Verifier) {
	head, signed, _ := strings.Cut(string(must(os.ReadFile(proof))), "\n\n")
	before, after := open(must(os.ReadFile(old)), key), open([]byte(signed), key)
	check(tlog.CheckTree(hashes(strings.Split(head, "\n")[1:]), after.N, after.Hash, before.N, before.Hash))
	fmt.Println(after.N)
}

func main() {
	key := must(note.NewVerifier(os.Args[2]))
	switch os.Args[1] {
	case "tiles":
		tiles(folder(os.Args[3]), key)
	case "receipt":
		receipt(os.Args[3], key)
	case "consistency":
		consistency(os.Args[3], os.Args[4], key)
	}
}
