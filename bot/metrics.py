"""`/metrics`: what this process counted (`bot.tally`) and how the installation stands, in Prometheus' words.

Imported when it is first asked for: most installations never are.
"""

import os
from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from bot.health import Health, ages
from bot.tally import COUNTED, MEASURED, Counted, Measured

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def printed(health: Health) -> bytes:
    """Everything, at the moment of `health`."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Tallied())
    registry.register(_Stands(health))
    if os.path.exists("/proc/self/stat"):  # noqa: PTH110  # memory is told where the machine tells it
        ProcessCollector(namespace="renaksi", registry=registry)
    return generate_latest(registry)


class _Tallied(Collector):
    """What the process counted."""

    @override
    def collect(self) -> Iterable[Metric]:
        yield from (_counter(one) for one in COUNTED)
        yield from (_histogram(one) for one in MEASURED)


def _counter(one: Counted) -> Metric:
    found = CounterMetricFamily(one.name, one.told, labels=one.labels)
    for labels, number in sorted(one.values.items()):
        found.add_metric(labels, number)
    return found


def _histogram(one: Measured) -> Metric:
    found, below = HistogramMetricFamily(one.name, one.told), 0
    classes: list[tuple[str, float]] = []
    for bound, number in zip((*one.bounds, float("inf")), one.numbers, strict=True):
        below += number
        classes.append(("+Inf" if bound == float("inf") else str(float(bound)), below))
    found.add_metric([], classes, one.total)
    return found


class _Stands(Collector):
    """How the installation stands, from its tables."""

    def __init__(self, health: Health) -> None:
        self._health = health

    @override
    def collect(self) -> Iterator[Metric]:
        health = self._health
        yield GaugeMetricFamily("renaksi_healthy", "1 while /healthz answers 200", 0 if health.unwell else 1)
        if health.vitals is None:
            return
        found = health.vitals
        queues = {
            "turns": found.turns,
            "files": found.files,
            "answers": found.answers,
            "notices": found.notices,
            "jobs": found.jobs,
        }
        waiting = GaugeMetricFamily("renaksi_queue", "What waits in the installation, by kind", labels=["queue"])
        oldest = GaugeMetricFamily("renaksi_queue_oldest_seconds", "How long the oldest of it waits", labels=["queue"])
        for name, age in ages(queues, health.at).items():
            waiting.add_metric([name], queues[name].number)
            oldest.add_metric([name], age)
        yield waiting
        yield oldest
        yield GaugeMetricFamily("renaksi_unreachable_addresses", "Addresses that take no message", found.unreachable)
        if found.upkeep.free is not None:
            yield GaugeMetricFamily("renaksi_disk_free_bytes", "What is free on the fullest disk", found.upkeep.free)
        if found.upkeep.backup is not None and found.upkeep.backup.done_at is not None:
            age = (health.at - found.upkeep.backup.done_at).total_seconds()
            yield GaugeMetricFamily("renaksi_backup_age_seconds", "Since the last backup was whole", age)
        if found.ticked_at is not None:
            since = (health.at - found.ticked_at).total_seconds()
            yield GaugeMetricFamily("renaksi_last_tick_seconds", "Since what is due was last looked after", since)
