# Repères: `make demo` and `make test` do all the set-up they need. `make help` lists the targets.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
OUT ?= resultats
# npm writes this file when all is installed.
PAGES := web/node_modules/.package-lock.json
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
LOCK_ALL := $(LOCK) pyproject.toml --extra postgresql --extra dask --no-emit-package torch
# Apart from the locks: pip takes the CPU build where it is given a place that has one (PIP_FIND_LINKS,
# PIP_EXTRA_INDEX_URL), and otherwise a build that needs gigabytes of CUDA packages.
TORCH ?= torch==2.13.0

.DEFAULT_GOAL := help
.PHONY: help demo serve test check format lock install install-dev ocr chromium train evaluate corpora render clean

help: ## Les commandes
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

demo: install ocr ## Installe ce qui manque et pré-instruit les dossiers d'exemple
	@$(BIN)/reperes demo --out $(OUT)

serve: demo ## La même chose, puis ouvre la salle d'examen avec des comptes d'essai
	@REPERES_HOME="$${REPERES_HOME:-$(abspath $(OUT))/.magasin}" $(BIN)/reperes serve

test: install-dev ocr chromium check ## Installe ce qui manque, vérifie le code et passe tous les tests
	@$(BIN)/pytest -q -n 2

check: install-dev ## Forme, règles d'écriture, types, contrats d'importation, dépendances
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry .

format: install-dev ## Met le code en forme
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

install: $(VENV)/.models $(PAGES) ## L'environnement pour utiliser le programme
install-dev: $(VENV)/.dev $(PAGES) ## L'environnement pour le développer

ocr: ## Le moteur de reconnaissance de caractères (Tesseract et ses données françaises)
	@sh setup/ocr.sh

chromium: ## Le navigateur des tests (Chromium)
	@sh setup/chromium.sh

$(BIN)/python:
	@sh setup/venv.sh "$(PYTHON)" $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml | $(BIN)/python
	@echo "Installation des paquets (une seule fois, quelques minutes)…"
	@$(BIN)/python -m pip install -qq --no-deps --require-hashes --requirement requirements/run.lock
	@$(BIN)/python -m pip install -qq $(TORCH)
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.models: models/encoder/*.py $(wildcard models/artefacts/encoder/*) $(VENV)/.run
	@$(BIN)/reperes models build
	@touch $@

$(PAGES): web/package.json web/package-lock.json web/.npmrc | $(BIN)/python
	@sh setup/front-end.sh $(BIN)/python

$(VENV)/.dev: requirements/dev.lock $(VENV)/.models
	@echo "Installation des outils de développement…"
	@$(BIN)/python -m pip install -qq --no-deps --require-hashes --requirement requirements/dev.lock
	@touch $@

lock: install-dev ## Recalcule les versions verrouillées
	$(BIN)/$(LOCK_ALL) --group build --output-file requirements/run.lock
	$(BIN)/$(LOCK_ALL) --extra evaluation --group dev --constraint requirements/run.lock --output-file requirements/dev.lock
	$(BIN)/$(LOCK) --group node --output-file requirements/node.lock
	npm install --prefix web --package-lock-only --loglevel=error

train: install-dev ocr ## Refait les modèles appris à partir des corpus (une dizaine de minutes)
	@$(BIN)/reperes train --out models/artefacts

evaluate: install-dev ocr ## Mesure le programme sur les dossiers étiquetés (jeu de mise au point)
	@$(BIN)/reperes evaluate --split dev --out $(OUT)/evaluation

corpora: install ## Refait les images des dossiers numérisés ou photographiés du corpus
	@$(BIN)/python -m corpora.rendering.imaging

render: install-dev ## Reconstruit les PDF et les étiquettes du corpus à partir de leurs sources (LibreOffice, poppler)
	@$(BIN)/python -m corpora.rendering

clean: ## Efface l'environnement et les résultats
	rm -rf $(VENV) .tools web/node_modules $(OUT)
