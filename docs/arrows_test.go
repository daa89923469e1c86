package docs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A never is an import that a package may not have, whatever architecture.md
// draws. Packages are named by their folders, the main package by ".".
type never struct {
	from []string // a trailing /... means the folder and all below it
	to   *regexp.Regexp
	deep bool // also through other packages
}

// world is every package that reaches beyond the program's memory.
const world = `^(os|os/.+|net|net/(http|mail|rpc|smtp).*|syscall)$`

// testOnly lists the packages that only tests and tools may use. They and the
// folders of tools may import whatever they like.
var (
	testOnly = []string{"cli/stories", "cli/internal/fixture", "tui/termtest", "timeline/postgres/pgtest", "timeline/internal/fixture"}
	tools    = []string{"docs", "docs/picture", "docs/man", "docs/benchmarks/..."}
)

var nevers = []never{
	{from: []string{"."}, to: regexp.MustCompile(`^dateline/(timeline|tui)`)},
	{from: []string{"timeline/text", "timeline/edtf"}, to: regexp.MustCompile(`^dateline`)},
	{from: []string{"timeline"}, to: regexp.MustCompile(`^dateline/timeline/(brief|cite|format|export)$`)},
	{from: []string{"timeline/..."}, to: regexp.MustCompile(`^dateline/(cli|tui)`)},
	{from: []string{"timeline/..."}, to: regexp.MustCompile(`^charm\.land/`), deep: true},
	{from: []string{"timeline/..."}, to: regexp.MustCompile(world)},
	{from: []string{"timeline/cite"}, to: regexp.MustCompile(`^dateline/timeline/brief$`)},
	{from: []string{"timeline/format"}, to: regexp.MustCompile(`^dateline/timeline/(export|brief)$`)},
	{from: []string{"timeline/export"}, to: regexp.MustCompile(`^dateline/timeline/format$`)},
	{from: []string{"tui/..."}, to: regexp.MustCompile(`^dateline/(cli|timeline/(format|export)$)`)},
	{from: []string{"tui/..."}, to: regexp.MustCompile(world)},
	{from: []string{"tui/pane"}, to: regexp.MustCompile(`^dateline/tui$|^dateline/timeline/(brief|cite)$`)},
	{from: []string{"tui/pane"}, to: regexp.MustCompile(`^charm\.land/bubbletea/`), deep: true},
	{from: []string{"./..."}, to: regexp.MustCompile(`^dateline/(cli/stories|tui/termtest|timeline/postgres/pgtest|(cli|timeline)/internal/fixture|docs)`)},
}

// panes are the files of tui/pane that each hold a pane: no file there may use
// anything that another pane's file declares.
var panes = []string{"detail", "facets", "footer", "header", "help", "histogram", "list", "menu", "pager", "pairs", "picker"}

// homes are the packages that alone may declare a name: queries stay whole.
var homes = map[string]string{"Query": "timeline", "Term": "timeline", "ParseQuery": "timeline", "Problem": "timeline/format"}

// TestArrows holds the program to the rules above, and architecture.md's arrows
// to its imports.
func TestArrows(t *testing.T) {
	p := load(t, "..")
	for _, broken := range p.broken() {
		t.Error(broken)
	}
	drawn := arrowsOf(t, page(t, "architecture.md"))
	found := p.arrows()
	for from, to := range found {
		for name := range to {
			if !drawn[from][name] {
				t.Errorf("%s imports %s, an arrow that architecture.md does not draw", from, name)
			}
		}
	}
	for from, to := range drawn {
		for name := range to {
			if !found[from][name] {
				t.Errorf("architecture.md draws %s → %s, which is no import", from, name)
			}
		}
	}
}

var arrow = regexp.MustCompile(`(?m)^([a-z/]+) +→ +([a-z/, ]+)$`)

// arrowsOf reads the lines of a page such as "brief → cite, timeline".
func arrowsOf(t *testing.T, page string) map[string]map[string]bool {
	t.Helper()
	arrows := make(map[string]map[string]bool)
	for _, m := range arrow.FindAllStringSubmatch(page, -1) {
		arrows[m[1]] = make(map[string]bool)
		for name := range strings.SplitSeq(m[2], ",") {
			arrows[m[1]][strings.TrimSpace(name)] = true
		}
	}
	if len(arrows) < 5 {
		t.Fatalf("the page draws %d arrows", len(arrows))
	}
	return arrows
}

// A program is what is to be checked: the packages of a module, without tests.
type program struct {
	dir      string
	packages []*listed
	exports  map[string]string // import path to export data
}

// A listed is a package as go list tells of it.
type listed struct {
	Dir, ImportPath, Name, Export string
	GoFiles, Imports, Deps        []string
	Module                        *struct{ Main bool }
	Error                         *struct{ Err string }

	folder string
}

func load(t *testing.T, dir string) program {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-deps", "-export", "-json=Dir,ImportPath,Name,Export,GoFiles,Imports,Deps,Module,Error", "./...")
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &errs)
	}
	p := program{dir: dir, exports: make(map[string]string)}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		l := new(listed)
		if err := d.Decode(l); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		p.exports[l.ImportPath] = l.Export
		if l.Module == nil || !l.Module.Main {
			continue
		}
		l.folder = strings.TrimPrefix(strings.TrimPrefix(l.ImportPath, "dateline"), "/")
		if l.folder == "" {
			l.folder = "."
		}
		if l.Error != nil {
			t.Errorf("%s: %s", l.folder, l.Error.Err)
		}
		p.packages = append(p.packages, l)
	}
	if errs.Len() > 0 {
		t.Errorf("go list: %s", &errs)
	}
	return p
}

// covers reports whether a folder is one of those, or below one with /... .
func covers(patterns []string, folder string) bool {
	for _, pattern := range patterns {
		root, below := strings.CutSuffix(pattern, "/...")
		if folder == root || below && (root == "." || strings.HasPrefix(folder, root+"/")) {
			return true
		}
	}
	return false
}

func (p program) checked() []*listed {
	return slices.DeleteFunc(slices.Clone(p.packages), func(l *listed) bool {
		return covers(testOnly, l.folder) || covers(tools, l.folder)
	})
}

// short is how architecture.md names a package: by the last part of its folder.
func short(folder string) string {
	if folder == "." {
		return "main"
	}
	return folder[strings.LastIndexByte(folder, '/')+1:]
}

func (p program) arrows() map[string]map[string]bool {
	arrows := make(map[string]map[string]bool)
	for _, l := range p.checked() {
		for _, to := range l.Imports {
			if folder, ours := strings.CutPrefix(to, "dateline/"); ours {
				if arrows[short(l.folder)] == nil {
					arrows[short(l.folder)] = make(map[string]bool)
				}
				arrows[short(l.folder)][short(folder)] = true
			}
		}
	}
	return arrows
}

// broken lists the rules that the program breaks, and those that hold nothing
// because a package or file they name is not there.
func (p program) broken() []string {
	var broken []string
	say := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	checked := p.checked()
	for _, rule := range nevers {
		for _, from := range rule.from {
			if !slices.ContainsFunc(checked, func(l *listed) bool { return covers([]string{from}, l.folder) }) {
				say("a rule names %s, which is no package", from)
			}
		}
		for _, l := range checked {
			if !covers(rule.from, l.folder) {
				continue
			}
			if rule.deep {
				for _, to := range l.Deps {
					if rule.to.MatchString(to) {
						say("%s reaches %s", l.folder, to)
					}
				}
			}
			imports := p.importsOf(l)
			for file, imports := range imports {
				for _, to := range imports {
					if rule.to.MatchString(to) && !rule.deep {
						say("%s imports %s", file, to)
					}
				}
			}
		}
	}
	for _, l := range checked {
		fset := token.NewFileSet()
		files, info := p.typed(l, fset)
		if info == nil {
			say("%s is not type-checked", l.folder)
			continue
		}
		for name, home := range homes {
			if o := info.scope.Lookup(name); o != nil && l.folder != home {
				say("%s declares %s, which is %s's", l.folder, name, home)
			} else if o == nil && l.folder == home {
				say("%s does not declare %s", home, name)
			}
		}
		for id, o := range info.Uses {
			if f, ok := o.(*types.Func); ok && f.FullName() == "time.Now" && l.folder != "cli" && l.folder != "cli/serve" {
				say("%s asks for the time", p.place(fset, id.Pos()))
			}
		}
		if l.folder == "tui/pane" {
			broken = append(broken, p.entangled(fset, files, info)...)
		}
	}
	slices.Sort(broken)
	return slices.Compact(broken)
}

// importsOf lists the imports of each file of a package.
func (p program) importsOf(l *listed) map[string][]string {
	imports := make(map[string][]string)
	for _, name := range l.GoFiles {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(l.Dir, name), nil, parser.ImportsOnly)
		if err != nil {
			continue // go list has told of it
		}
		file := filepath.ToSlash(filepath.Join(l.folder, name))
		for _, spec := range f.Imports {
			to, _ := strconv.Unquote(spec.Path.Value)
			imports[file] = append(imports[file], to)
		}
	}
	return imports
}

func (p program) place(fset *token.FileSet, pos token.Pos) string {
	at := fset.Position(pos)
	root, _ := filepath.Abs(p.dir)
	name, err := filepath.Rel(root, at.Filename)
	if err != nil {
		name = at.Filename
	}
	return fmt.Sprintf("%s:%d", filepath.ToSlash(name), at.Line)
}

type typeInfo struct {
	types.Info
	scope *types.Scope
}

// typed type-checks a package against the export data of what it imports.
func (p program) typed(l *listed, fset *token.FileSet) ([]*ast.File, *typeInfo) {
	var files []*ast.File
	for _, name := range l.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(l.Dir, name), nil, 0)
		if err != nil {
			return nil, nil
		}
		files = append(files, f)
	}
	info := &typeInfo{Info: types.Info{
		Uses: make(map[*ast.Ident]types.Object), Defs: make(map[*ast.Ident]types.Object), Types: make(map[ast.Expr]types.TypeAndValue),
	}}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(p.exports[path]) })}
	pkg, err := config.Check(l.ImportPath, fset, files, &info.Info)
	if err != nil {
		return nil, nil
	}
	info.scope = pkg.Scope()
	return files, info
}

// entangled lists the places where a file of tui/pane uses what another pane's
// file declares, by name or through the type of an expression.
func (p program) entangled(fset *token.FileSet, files []*ast.File, info *typeInfo) []string {
	fileOf := func(pos token.Pos) string {
		return strings.TrimSuffix(filepath.Base(fset.Position(pos).Filename), ".go")
	}
	broken := make(map[string]bool)
	say := func(format string, args ...any) { broken[fmt.Sprintf(format, args...)] = true }
	for _, name := range panes {
		want := strings.ToUpper(name[:1]) + name[1:]
		if o := info.scope.Lookup(want); o == nil || fileOf(o.Pos()) != name {
			say("tui/pane/%s.go does not declare the pane %s", name, want)
		}
	}
	owned := func(o types.Object) (pane string, ok bool) {
		if o == nil || o.Pkg() == nil || o.Pkg().Scope() != info.scope || !o.Pos().IsValid() {
			return "", false
		}
		pane = fileOf(o.Pos())
		return pane, slices.Contains(panes, pane)
	}
	for id, o := range info.Uses {
		if pane, ok := owned(o); ok && fileOf(id.Pos()) != pane {
			say("%s uses %s of %s.go", p.place(fset, id.Pos()), o.Name(), pane)
		}
	}
	for expr, tv := range info.Types {
		for _, o := range namesIn(tv.Type) {
			if pane, ok := owned(o); ok && fileOf(expr.Pos()) != pane {
				say("%s holds a %s of %s.go", p.place(fset, expr.Pos()), o.Name(), pane)
			}
		}
	}
	return slices.Sorted(maps.Keys(broken))
}

// namesIn lists the named types that a type is written with.
func namesIn(t types.Type) []types.Object {
	switch t := t.(type) {
	case *types.Named:
		names := []types.Object{t.Obj()}
		for arg := range t.TypeArgs().Types() {
			names = append(names, namesIn(arg)...)
		}
		return names
	case interface{ Elem() types.Type }: // pointer, slice, array, map, channel
		names := namesIn(t.Elem())
		if m, ok := t.(*types.Map); ok {
			names = append(names, namesIn(m.Key())...)
		}
		return names
	case *types.Tuple:
		var names []types.Object
		for v := range t.Variables() {
			names = append(names, namesIn(v.Type())...)
		}
		return names
	}
	return nil
}

// TestBrokenArrowsAreFound plants a file for each rule in a module of that shape,
// and wants each to be found, and nothing else.
func TestBrokenArrowsAreFound(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":     "module dateline\n\ngo 1.26\n\nrequire charm.land/bubbletea/v2 v2.0.0\n\nreplace charm.land/bubbletea/v2 => ./tea\n",
		"tea/go.mod": "module charm.land/bubbletea/v2\n", "tea/tea.go": "package tea",
		"main.go":               `package main; import ("dateline/cli"; "dateline/tui"); func main() { cli.Run(); tui.Run() }`,
		"cli/cli.go":            `package cli; import ("os"; "time"; _ "dateline/tui/termtest"); func Run() { os.Exit(time.Now().Day()) }`,
		"cli/stories/s.go":      `package stories; import _ "dateline/cli"`,
		"docs/picture/p.go":     `package main; import _ "dateline/tui/termtest"; func main() {}`,
		"timeline/t.go":         `package timeline; import ("os"; "time"); type Query int; type Term int; var _, _ = os.Args, time.Now`,
		"timeline/text/t.go":    `package text; import _ "dateline/timeline/edtf"`,
		"timeline/edtf/e.go":    `package edtf`,
		"timeline/cite/c.go":    `package cite; import _ "dateline/timeline/brief"`,
		"timeline/brief/b.go":   `package brief; type Query int`,
		"timeline/export/e.go":  `package export; import _ "dateline/timeline/format"`,
		"timeline/format/f.go":  `package format; import _ "charm.land/bubbletea/v2"; type Problem int`,
		"tui/tui.go":            `package tui; import (_ "dateline/timeline/format"; "os/exec"; _ "dateline/tui/pane"); var _ exec.Cmd; func Run() {}`,
		"tui/termtest/t.go":     `package termtest; import _ "os"`,
		"tui/pane/list.go":      `package pane; type List struct { rows []row }; type row int; func (l List) Rows() []row { return l.rows }`,
		"tui/pane/detail.go":    "package pane\ntype Detail struct {\nlist *List\n}\nfunc (d Detail) n() int {\n\treturn len(shared())\n}",
		"tui/pane/histogram.go": "package pane\nimport _ \"dateline/timeline/brief\"\ntype Histogram struct{}",
		"tui/pane/draw.go":      "package pane\nfunc shared() string { return \"\" }\nfunc rowsOf(x interface{ Rows() []row }) {}",
		"tui/pane/facets.go":    `package pane; import _ "charm.land/bubbletea/v2"; type Facets struct{}`,
		"tui/pane/footer.go":    `package pane; type Footer struct{}`,
		"tui/pane/header.go":    `package pane; type Header struct{}`,
		"tui/pane/help.go":      `package pane; type Help struct{}`,
		"tui/pane/pairs.go":     `package pane; type Pairs struct{}`,
		"tui/pane/menu.go":      `package pane; type Menu struct{}`,
		"tui/pane/pager.go":     `package pane; type Pager struct{}`,
		"tui/pane/picker.go":    `package pane`,
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := strings.Join(load(t, dir).broken(), "\n")
	const want = `cli/cli.go imports dateline/tui/termtest
main.go imports dateline/tui
timeline does not declare ParseQuery
timeline/brief declares Query, which is timeline's
timeline/cite/c.go imports dateline/timeline/brief
timeline/export reaches charm.land/bubbletea/v2
timeline/export/e.go imports dateline/timeline/format
timeline/format reaches charm.land/bubbletea/v2
timeline/t.go imports os
timeline/t.go:1 asks for the time
timeline/text/t.go imports dateline/timeline/edtf
tui/pane reaches charm.land/bubbletea/v2
tui/pane/detail.go:3 holds a List of list.go
tui/pane/detail.go:3 uses List of list.go
tui/pane/draw.go:3 holds a row of list.go
tui/pane/draw.go:3 uses row of list.go
tui/pane/histogram.go imports dateline/timeline/brief
tui/pane/picker.go does not declare the pane Picker
tui/tui.go imports dateline/timeline/format
tui/tui.go imports os/exec`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
