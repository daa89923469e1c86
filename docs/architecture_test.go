package docs

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchitectureDrawsTheTree compares the page's tree with the repository: what
// it draws is there, and every folder with code, and every Go file at the top, is
// drawn.
func TestArchitectureDrawsTheTree(t *testing.T) {
	architecture := page(t, "architecture.md")
	_, rest, _ := strings.Cut(architecture, "## The tree")
	_, rest, _ = strings.Cut(rest, "```\n")
	tree, _, _ := strings.Cut(rest, "```")
	drawn := make(map[string]bool)
	var above string
	for line := range strings.Lines(tree) {
		name := strings.TrimSuffix(strings.Fields(line)[0], "/")
		if strings.HasPrefix(line, " ") {
			name = above + "/" + name
		} else {
			above = name
		}
		drawn[name] = true
		if _, err := os.Stat(filepath.Join("..", name)); err != nil {
			t.Errorf("the page draws %s: %v", name, err)
		}
	}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		folder, _ := filepath.Rel("..", filepath.Dir(path))
		folder = filepath.ToSlash(folder)
		switch name := entry.Name(); {
		case entry.IsDir() && (name == "testdata" || name == "benchmarks" || strings.HasPrefix(name, ".") && name != ".."):
			return fs.SkipDir
		case filepath.Ext(name) != ".go":
		case folder == "." && !drawn[name]:
			t.Errorf("the page does not draw %s", name)
		case folder != "." && !drawn[folder]:
			drawn[folder] = true // say it once
			t.Errorf("the page does not draw %s/", folder)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(architecture, "\n"); n > 120 {
		t.Errorf("the page has %d lines, more than 120", n)
	}
}

var fileName = regexp.MustCompile("`((?:cli|docs|timeline|tui|\\.ci)/[a-z0-9_./-]+)`")

// TestFilesThatThePagesNameExist looks for every path in backticks.
func TestFilesThatThePagesNameExist(t *testing.T) {
	for _, name := range []string{"architecture.md", "../CONTRIBUTING.md", "../README.md"} {
		for _, m := range fileName.FindAllStringSubmatch(page(t, name), -1) {
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s names %s: %v", name, m[1], err)
			}
		}
	}
}
