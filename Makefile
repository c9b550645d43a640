# Every verb is one of make.py, which works without make too: python3 make.py help
PYTHON ?= python3
GIVEN := $(foreach name,PORT DATA DEMO ONLY WORKERS ROUNDS SECONDS UPGRADE,$(if $($(name)),$(name)="$($(name))"))
VERBS := run test check bench fuzz messages demo lock audit help

.PHONY: $(VERBS)
.DEFAULT_GOAL := help
$(VERBS):
	@$(PYTHON) make.py $@ $(GIVEN)
