"""Renders the templates of plugins: with our filters and a few functions, and nothing of the program.

Flask gives every template the configuration of the app, the request and the workspace. A plugin's template
gets the values of its panel alone; names that begin with an underscore lead nowhere.
"""

from flask import Flask
from jinja2 import Environment
from jinja2.sandbox import SandboxedEnvironment

FUNCTIONS = ("url_for", "asset", "csrf_token", "new_command_id", "ROLES")
"""What of our own a plugin's template may call, to link to items and to post forms."""
KEY = "cchc-plugin-templates"


def plugin_templates(app: Flask) -> Environment:
    """Return the environment in which an app renders the templates of plugins; it is made once."""
    if KEY not in app.extensions:
        app.extensions[KEY] = _make_environment(app.jinja_env)
    environment: Environment = app.extensions[KEY]
    return environment


def _make_environment(own: Environment) -> Environment:
    environment = SandboxedEnvironment(
        loader=own.loader,
        autoescape=own.autoescape,
        trim_blocks=own.trim_blocks,
        lstrip_blocks=own.lstrip_blocks,
    )
    environment.filters, environment.tests = own.filters, own.tests
    environment.globals.update({name: own.globals[name] for name in FUNCTIONS})
    return environment
