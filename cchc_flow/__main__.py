"""`python -m cchc_flow` is `cchc-flow`."""

from cchc_flow.cli import main

main()
