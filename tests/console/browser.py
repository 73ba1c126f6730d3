"""A real browser for the tests of the page."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

from core.clock import SystemClock

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_ARGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGS))
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser, address: str, size: dict[str, int], locale: str
) -> AsyncIterator[tuple[Page, list[str]]]:
    """A page, and what it complains of."""
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=locale,
        has_touch=size is PHONE,
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    await page.goto(address)
    yield page, complaints
    await context.close()


async def until(page: Page, expression: str, *, seconds: float = 15.0) -> None:
    """Wait until an expression is true in the page, whose policy forbids a waiting script."""
    clock = SystemClock()
    end = clock.now() + seconds
    while not await page.evaluate(expression):
        if clock.now() > end:
            pytest.fail(f"not within {seconds} s: {expression}")
        await clock.pause(0.05)
