# The two that matter: `make demo` and `make test`. Everything they need is installed by them.
PYTHON3 ?= python3
export PORT

.PHONY: setup demo test check lock screenshots bench clean

setup:            ## the virtual environment, packages, front end and database
	@$(PYTHON3) tools/setup.py

demo:             ## a working site with five councils in it (PORT=8001 for another port)
	@$(PYTHON3) tools/demo.py

test:             ## lint, types, import contracts, migrations, both databases, the browser
	@$(PYTHON3) tools/check.py

check:            ## the quick half of `make test`: no database, no browser
	@$(PYTHON3) tools/check.py --quick

bench:            ## what reports and pages cost, as ratios
	@$(PYTHON3) tools/setup.py && .venv/bin/python -m bench

screenshots:      ## the pictures of the README, made by the browser journeys
	@SCREENSHOTS=1 $(PYTHON3) tools/check.py --browser

lock:             ## resolve every lock again
	@.venv/bin/python tools/lock.py

clean:            ## everything that set-up made, but not var/ (your data)
	@rm -rf .venv node_modules build
