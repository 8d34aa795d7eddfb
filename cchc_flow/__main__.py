"""`cchc-flow`, and `python -m cchc_flow`: the command line, which Ctrl+C ends quietly as it loads as well."""

import signal


def main() -> None:
    """Load the command line and run it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from cchc_flow import cli  # only now: loading it takes half a second

    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
