"""What the command line lists by id and title: surfaces, optimizers, strategies, data sets, lessons and so on."""

from collections.abc import Callable, Mapping


def _surfaces() -> Mapping[str, str]:
    from landscape.catalogue.surfaces import surface_entries

    return {name: entry.titles["en"] for name, entry in surface_entries().items()}


def _optimizers() -> Mapping[str, str]:
    from landscape.catalogue.optimizers import optimizer_entries

    return {name: entry.titles["en"] for name, entry in optimizer_entries().items()}


def _strategies() -> Mapping[str, str]:
    from landscape.descent.strategies.strategy import strategy_entries

    return {name: entry.titles["en"] for name, entry in strategy_entries().items()}


def _schedules() -> Mapping[str, str]:
    from landscape.catalogue.schedules import schedule_entries

    return {name: entry.titles["en"] for name, entry in schedule_entries().items()}


def _datasets() -> Mapping[str, str]:
    from landscape.network.data.datasets import DATASETS

    return {name: dataset.titles["en"] for name, dataset in DATASETS.items()}


def _lessons() -> Mapping[str, str]:
    from landscape.session.files import lessons

    return {name: titles["en"] for name, titles in lessons().items()}


def _formats() -> Mapping[str, str]:
    from landscape.export.formats import formats

    return {suffix.lstrip("."): form.title for suffix, form in formats().items()}


LISTS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "surfaces": _surfaces,
    "optimizers": _optimizers,
    "strategies": _strategies,
    "schedules": _schedules,
    "datasets": _datasets,
    "lessons": _lessons,
    "formats": _formats,
}
