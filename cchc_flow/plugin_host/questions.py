"""The questions of plugins, as far as they can be asked: each that is left out is named in a sentence."""

from collections.abc import Iterable, Iterator

from cchc_flow.plugin_host.manager import Fault
from cchc_flow.question_values import Parameter, Question

TAKEN = frozenset({"from", "to", "unit", "after"})
"""What every question takes beside its own parameters."""


def usable_questions(
    questions: Iterable[tuple[str, Question]], faults: list[Fault]
) -> Iterator[tuple[str, Question]]:
    """Yield the questions by plugin that can be asked; add a fault for each of the others."""
    seen: set[tuple[str, str]] = set()
    for plugin, question in questions:
        problem = "mã này có hai lần" if (plugin, question.key) in seen else _problem(question)
        if problem:
            faults.append(Fault(plugin, f"Câu hỏi «{question.key}» của trình cắm «{plugin}»: {problem}."))
        else:
            seen.add((plugin, question.key))
            yield plugin, question


def _problem(question: Question) -> str:
    """Return why a question cannot be asked; "" if it can."""
    if not _is_name(question.key.replace("-", "_")):
        return "mã phải là chữ thường không dấu, chữ số và dấu gạch nối"
    keys = [parameter.key for parameter in question.parameters]
    if len(set(keys)) < len(keys):
        return "hai tham số cùng mã"
    return next(filter(None, map(_parameter_problem, question.parameters)), "")


def _parameter_problem(parameter: Parameter) -> str:
    """Return why a parameter cannot be set; "" if it can."""
    if not _is_name(parameter.key) or parameter.key in TAKEN:
        return f"tham số «{parameter.key}» không dùng được tên này"
    if parameter.choices:
        is_choice = parameter.default in dict(parameter.choices)
        return "" if is_choice else f"tham số «{parameter.key}» không có lựa chọn «{parameter.default}»"
    if not isinstance(parameter.default, int) or not parameter.low <= parameter.default <= parameter.high:
        return f"tham số «{parameter.key}» phải là số từ {parameter.low} đến {parameter.high}"
    return ""


def _is_name(words: str) -> bool:
    return words.isascii() and words.isidentifier() and words == words.lower()
