"""
What is measured, for Prometheus.
"""

import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from tdkt_parse.web import queue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from prometheus_client.metrics_core import Metric
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from tdkt_parse.web.site import Site

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Meter:
    """The measures of one application."""

    def __init__(self, site: "Site") -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.requests = Counter(
            "tdkt_http_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "tdkt_http_request_seconds",
            "Seconds until a request was answered.",
            ("method", "route"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.accepted = Counter(
            "tdkt_accepted_files", "Files put into the queue.", registry=self.registry
        )
        self.accepted_bytes = Counter(
            "tdkt_accepted_bytes", "Bytes of files put into the queue.", registry=self.registry
        )
        self.refused = Counter(
            "tdkt_refused_files", "Files refused: the queue was full.", registry=self.registry
        )
        self.registry.register(_Queue(site))

    def watch(self, app: "FastAPI") -> None:
        """Count what the application answers."""
        app.add_middleware(_Watch, meter=self)

    def told(self) -> bytes:
        """All of it in the text format of Prometheus."""
        return generate_latest(self.registry)


class _Queue:
    """How long the queue is, asked when it is told."""

    def __init__(self, site: "Site") -> None:
        self._site = site

    def describe(self) -> "list[Metric]":
        """Nothing is asked of the database for this."""
        return []

    def collect(self) -> "Iterator[Metric]":
        """What there is now."""
        jobs = GaugeMetricFamily("tdkt_jobs", "Files put in, by state.", labels=["state"])
        for state, count in queue.counts(self._site.store).items():
            jobs.add_metric([state], count)
        yield jobs
        yield GaugeMetricFamily(
            "tdkt_queue_oldest_seconds",
            "Seconds that the file waits which waits longest.",
            value=queue.longest_wait(self._site.store),
        )


class _Watch:
    def __init__(self, app: "ASGIApp", meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def seen(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, seen)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            # The route's pattern, never what was asked for: that may be anything, and any number.
            route = getattr(scope.get("route"), "path", None) or "other"
            self._meter.requests.labels(method, route, str(status)).inc()
            self._meter.seconds.labels(method, route).observe(time.perf_counter() - began)
