# Thin: every target is a function in dev.py. Arguments: make test ARGS="-k floor".
PYTHON ?= python3
RUN = @$(PYTHON) dev.py $@ $(ARGS)
OTHERS := demo-cluster setup lint format build torture bench pictures messages lock clean help

.DEFAULT_GOAL := help
.PHONY: demo test $(OTHERS)

demo:
	$(RUN)

test:
	$(RUN)

$(OTHERS):
	$(RUN)
