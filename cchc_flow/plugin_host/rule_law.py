"""What the law allows a plugin's rules: they hold from their day on, and block only if they are checked."""

from datetime import date

import msgspec
from sqlite_utils import Database

from cchc_flow.hookspecs import Rule, Violation
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.figures import figures_on
from cchc_flow.plugin_host.loading import Plugins


def lawful_violations(
    plugins: Plugins, db: Database, plugin: str, violations: list[Violation], today: date
) -> list[Violation]:
    """Return the violations of rules that hold on the day of what they judge.

    A violation only warns where its rule, or a figure in force on which the rule rests, was not checked. A
    rule that says nothing of law, or that the plugin does not list, blocks as the plugin says.
    """
    if not violations:  # as of most plugins at most steps
        return []
    own = contributions.values_of(plugin, contributions.collect(plugins).rules)
    listed = {rule.key: rule for rule in own}
    lawful: list[Violation] = []
    for violation in violations:
        rule, day = listed.get(violation.rule), violation.on or today
        if rule is None:
            lawful.append(violation)
        elif _holds(rule, day):
            may_block = violation.blocks and not _is_unchecked(plugins, db, plugin, rule, day)
            lawful.append(msgspec.structs.replace(violation, blocks=may_block))
    return lawful


def _holds(rule: Rule, day: date) -> bool:
    """Tell whether a rule is in force on a day."""
    return (rule.since or date.min) <= day <= (rule.until or date.max)


def _is_unchecked(plugins: Plugins, db: Database, plugin: str, rule: Rule, day: date) -> bool:
    """Tell whether a rule, or a figure that it rests on as of a day, is said not to be checked."""
    if rule.checked is False:
        return True
    figures = figures_on(plugins, db, plugin, day) if rule.figures else {}
    return any(figures[key].checked is False for key in rule.figures if key in figures)
