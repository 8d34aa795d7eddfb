"""The reform areas, importable as `cchc_flow.plugins.<area>`.

In a checkout their folder lies beside the package, in a wheel inside it; `plugin_host` finds and loads them.
"""

from cchc_flow import resources

__path__ = [str(resources.folder("plugins"))]
