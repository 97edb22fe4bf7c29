# `make serve` and `make test` work on a fresh machine with Python 3.11 or later; everything else follows from them.

PYTHON ?= python3
BIN := .venv/bin
TESTING := -n auto --dist loadfile
ALONE := -n logical --dist loadfile --ignore tests/browser --ignore tests/edition/browser
READY := .venv/.ready
ADDRESS ?= 127.0.0.1:8000
MINUTES ?= 10

export NO_MKDOCS_2_WARNING := 1
# The same commit gives the same bytes: dates in the site are the commit's.
export SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null)
ifeq ($(SOURCE_DATE_EPOCH),)
unexport SOURCE_DATE_EPOCH
endif

# What Python compiles is kept: here are many processes, each of which would do it again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help serve site test test-quick test-long test-engine test-browser test-browsers laws check format update lock fonts newest hooks chromium browsers bench

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "This needs Python 3.11 or later; you have %d.%d. Say: make PYTHON=python3.12 …" % sys.version_info[:2])'
	@echo "Setting up .venv (once; about a minute) …"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

serve: $(READY) ## build the site, serve it, rebuild when a file changes
	@echo "The site will be at http://$(ADDRESS)/ (stop with Ctrl+C)."
	@$(BIN)/python -m macros serve --address $(ADDRESS)

site: $(READY) ## the strict production build, into site/
	@$(BIN)/python -m macros build

test: $(READY) chromium ## every test, those in a browser included
	$(BIN)/pytest $(TESTING)

# One process a core: nothing here waits, and each process has to find all tests first.
test-quick: $(READY) ## in half a minute: the tests that need no browser and do not take long
	$(BIN)/pytest $(ALONE) -m 'not long'

test-long: $(READY) ## the others that need no browser: they build sites, start processes, try very many texts
	$(BIN)/pytest $(ALONE) -m long

test-engine: $(READY) chromium ## the tests of the engine, on invented texts alone
	$(BIN)/pytest $(TESTING) --ignore tests/edition

test-browser: $(READY) chromium ## the tests in a browser
	$(BIN)/pytest $(TESTING) tests/browser tests/edition/browser

test-browsers: $(READY) browsers ## what matters most, in WebKit and Firefox (a few minutes)
	$(BIN)/pytest tests/engines

laws: $(READY) ## try what holds of every text on texts spoilt at random (ten minutes; MINUTES=60); it goes on where it was
	@status=0; $(BIN)/pytest $(ALONE) --ignore tests/laws -q -m hypothesis --hypothesis-profile many || status=1; \
	$(BIN)/python -m tests.laws --minutes $(MINUTES) $(LAWS) || status=1; exit $$status

check: $(READY) ## in seconds: format, lint, types, the texts, and what GitHub runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/oxlint --quiet overrides/assets tests/scripts
	$(BIN)/python -m macros check
	$(BIN)/zizmor --offline --no-progress --quiet --persona pedantic --config .github/zizmor.yml .github
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/pre-commit validate-config
	@echo "Everything holds."

bench: $(READY) chromium ## measure builds, search and pages beside plain MkDocs-Material (half an hour; PARTS="build pages")
	$(BIN)/python -m tests.bench $(PARTS)

hooks: $(READY) ## check the texts and what you commit, before each commit
	$(BIN)/pre-commit install

format: $(READY) ## put the Python files in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

update: $(READY) ## write anew what the test cases give, what editors use, and what scripts fold (then read the difference)
	$(BIN)/pytest -q tests/test_cases.py --update
	$(BIN)/python -m macros export schema --output .vscode/schemas
	$(BIN)/python -m macros export snippets --output .vscode
	$(BIN)/python -m macros export letters --output overrides/assets/search

lock: $(READY) ## lock the newest versions of all requirements, with hashes (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --group dev pyproject.toml --output-file requirements.txt

# Three faces, each in three files, of which a page fetches those whose letters it has (overrides/assets/styles/frame.css).
# The names of the faces are left out: the font's licence reserves them for what Adobe itself makes.
FONT := @fontsource/source-serif-4@5.3.1
fonts: ## cut the serif anew out of the font that npm has (needs npm and uv)
	@set -e; folder=$$(mktemp -d); npm pack --silent --pack-destination $$folder $(FONT) >/dev/null; tar -xzf $$folder/*.tgz -C $$folder; \
	cut() { uvx --quiet --from 'fonttools[woff]==4.68.0' pyftsubset $$folder/package/files/source-serif-4-$$1-$$2.woff2 \
	  --unicodes="$$4" --layout-features="$$5" --flavor=woff2 --no-hinting --name-IDs=0,13,14 --output-file=overrides/assets/fonts/$$3.woff2; }; \
	for face in 400-normal:regular 400-italic:italic 600-normal:semibold; do \
	  cut latin $${face%:*} $${face#*:} U+20-7E,U+A0,U+B6,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2026 kern; \
	  cut latin $${face%:*} $${face#*:}-latin U+A1-B5,U+B7-FF,U+131,U+152,U+153,U+201A,U+201E,U+2022,U+2032,U+2033,U+20AC,U+2122 ''; \
	  cut latin-ext $${face%:*} $${face#*:}-extended U+100-130,U+132-151,U+154-17F,U+1E00-1EFF ''; \
	done; rm -r $$folder

newest: ## set up .venv with the newest versions of everything, without the lock (`rm -r .venv` goes back)
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $(READY)

# The browser tests drive the system's Chromium, where there is one its shell without a window, which does the same in
# less time.  Where none is installed and that can be done without asking anyone, it is.
chromium:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests …"; \
	  apt-get update -qq; export DEBIAN_FRONTEND=noninteractive; \
	  apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null 2>&1 || \
	  apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
	  echo "No Chromium is installed: the browser tests will be left out. Install it with your system's packages (chromium)."; \
	fi

# What `make test-browsers` drives: WebKit with its driver, on a screen that nobody sees, and Firefox.
browsers:
	@missing=$$(command -v WebKitWebDriver >/dev/null || echo webkit2gtk-driver; command -v Xvfb >/dev/null || echo xvfb; \
	  command -v firefox-esr >/dev/null || command -v firefox >/dev/null || echo firefox-esr); \
	if [ -z "$$missing" ]; then exit; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing" $$missing "…"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
	  echo "Not installed:" $$missing". What needs it will be left out. Install it with your system's packages."; \
	fi
