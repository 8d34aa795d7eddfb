"""One grammar of days, periods and numbers, for tasks, attributes, cells, deadlines and measures alike."""

from cchc_flow.plan_import.days.finding import find_times
from cchc_flow.plan_import.days.numbers import find_numbers
from cchc_flow.plan_import.days.values import Day, Number, Ongoing, Rule, Span, Time

__all__ = ["Day", "Number", "Ongoing", "Rule", "Span", "Time", "find_numbers", "find_times"]
