# Thin: every target is a function in dev.py. Arguments: make test ARGS="-k floor".
PYTHON ?= python3
TARGETS := setup demo test lint format build torture bench pictures messages lock clean help

.DEFAULT_GOAL := help
.PHONY: $(TARGETS)
$(TARGETS):
	@$(PYTHON) dev.py $@ $(ARGS)
