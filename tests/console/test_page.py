"""The page in a real browser, on a desk and on a phone."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from core.clock import SystemClock
from core.state import SinkState
from core.viewer import Viewer, ViewerEvent
from tests.console import evening
from tests.console.browser import DESK, PHONE, chromium, opened, until
from tests.console.server import served
from tests.fakes.console_shop import FakeShop
from tests.fakes.room import FakeRoom

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def room(tmp_path: Path) -> FakeRoom:
    room = FakeRoom(FakeShop(tmp_path), SystemClock(), 5025.0)
    await evening.play(room)
    return room


@pytest_asyncio.fixture(loop_scope="module")
async def address(room: FakeRoom) -> AsyncIterator[str]:
    async with served(room) as address:
        yield address


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    """The console on a desk in Chinese; it must have had nothing to complain of."""
    async with opened(browser, address, DESK, "zh-CN") as (page, complaints):
        await expect(page.locator("#badge-word")).to_have_text("直播中")
        yield page
        assert complaints == []


async def test_the_preview_plays_picture_and_sound_near_live(page: Page) -> None:
    await until(page, "document.getElementById('video').currentTime > 0")
    start = await page.evaluate("document.getElementById('video').currentTime")
    await until(page, f"document.getElementById('video').currentTime > {start} + 1")
    await page.click("#sound")
    assert await page.evaluate("document.getElementById('video').muted") is False
    figures = await page.evaluate(
        "(({webkitDecodedFrameCount: frames, webkitAudioDecodedByteCount: sound, buffered,"
        " currentTime, videoWidth: width}) => ({frames, sound, width,"
        " behind: buffered.end(buffered.length - 1) - currentTime}))"
        "(document.getElementById('video'))"
    )
    assert figures["frames"] > 20
    assert figures["sound"] > 1000
    assert figures["width"] == 360
    assert figures["behind"] < 2.0
    # The meter reads the sound that is heard: some of its bars are lit. Read from a copy: Chromium
    # complains of a canvas that is drawn on and read back again and again.
    await until(
        page,
        "(c => { const copy = new OffscreenCanvas(1, 1)"
        " .getContext('2d', {willReadFrequently: true});"
        " copy.drawImage(c, 0, c.height - 4, 1, 1, 0, 0, 1, 1);"
        " return copy.getImageData(0, 0, 1, 1).data[3] > 200; })"
        "(document.getElementById('meter'))",
    )


async def test_the_preview_comes_back_after_it_broke_off(page: Page, room: FakeRoom) -> None:
    await until(page, "document.getElementById('video').currentTime > 0")
    source = await page.evaluate("document.getElementById('video').src")
    room.break_preview()
    await until(page, f"document.getElementById('video').src !== '{source}'")
    await until(page, "document.getElementById('still').hidden && !video.paused")


async def test_a_comment_shows_its_answer_and_facts(page: Page) -> None:
    await page.fill("#comment-text", "敏感肌可以用吗")
    await page.press("#comment-text", "Enter")
    card = page.locator(".comment").last
    await expect(card.locator(".said")).to_have_text("敏感肌可以用吗")
    await expect(card.locator(".badge")).to_have_text("已答")
    await expect(card.locator(".answer > p")).to_contain_text("敏感肌都能用")
    await expect(card.locator(".wait")).to_have_text("0.6 s")
    await card.locator("summary").click()
    await expect(card.locator(".fact-value")).to_have_text("干性、中性、敏感肌")
    await expect(card.locator(".fact-source")).to_have_text(
        "秋季选品.xlsx · Sheet1 第 2 行，“适用肤质”列"
    )


async def test_what_viewers_write_is_never_markup(page: Page, room: FakeRoom) -> None:
    await room.take_events([ViewerEvent("x", "comment", user=Viewer("v", HOSTILE), text=HOSTILE)])
    card = page.locator(".comment").last
    await expect(card.locator(".said")).to_have_text(HOSTILE)
    await expect(card.locator(".who")).to_have_text(HOSTILE)
    await page.click("[data-tab=journal]")
    await expect(page.locator(".entry-text").first).to_contain_text(HOSTILE)
    assert await page.locator(".comment img, .entry img, main script").count() == 0
    assert await page.title() != "owned"


async def test_the_facts_behind_the_line_on_air(page: Page) -> None:
    await expect(page.locator("#line-now .line")).to_have_text(evening.NOW)
    assert await page.locator(".claim.ok").all_text_contents() == ["199元", "敏感肌"]
    await page.locator(".claim.ok").first.click()
    await expect(page.locator("#line-facts .fact-value").first).to_have_text("¥199")
    await expect(page.locator("#line-next")).to_have_text(evening.NEXT)


async def test_mute_pause_and_take_over(page: Page, room: FakeRoom) -> None:
    badge = page.locator("#badge-word")
    await page.click("#do-mute")
    await expect(badge).to_have_text("已静音")
    await expect(page.locator("#do-mute")).to_have_attribute("aria-pressed", "true")
    await page.click("#do-mute")
    await expect(badge).to_have_text("直播中")
    await page.keyboard.press("Space")  # on a button Space presses the button
    await expect(badge).to_have_text("已静音")
    await page.locator("#main").focus()
    await page.keyboard.press("m")
    await expect(badge).to_have_text("直播中")
    await page.keyboard.press("Space")
    await expect(badge).to_have_text("已暂停")
    await page.keyboard.press("Space")
    await expect(badge).to_have_text("直播中")
    await page.click("#do-takeover")
    await expect(page.locator("#toast")).to_have_text("要按住一秒才生效")
    assert room.state().status == "live"
    await page.click("#do-takeover", delay=1200)
    await expect(badge).to_have_text("人工接管")
    await page.locator("#main").focus()
    await page.keyboard.down("t")
    await expect(badge).to_have_text("直播中")
    await page.keyboard.up("t")


async def test_a_line_that_fails_the_gate_says_why(page: Page, room: FakeRoom) -> None:
    await page.fill("#say-text", "全网最低，今天只要99元")
    await page.press("#say-text", "Enter")
    refusal = page.locator(".refusal")
    await expect(refusal.locator(".refusal-head")).to_contain_text("没有通过核对")
    assert await refusal.locator("mark.bad").all_text_contents() == ["全网最低", "99元"]
    await expect(refusal.locator(".objections")).to_contain_text("没有商品卖 99 元")
    assert await page.input_value("#say-text") == "全网最低，今天只要99元"
    await page.fill("#say-text", "今天只要199元")
    await page.press("#say-text", "Enter")
    await expect(page.locator("#line-now .line")).to_have_text("今天只要199元")
    await expect(refusal).to_have_count(0)
    assert room.state().line is not None


async def test_products_switch(page: Page, room: FakeRoom) -> None:
    shirt = page.locator("#products [data-product=AP2002]")
    await expect(shirt).to_contain_text("¥159")
    await expect(shirt).to_contain_text("库存 42")
    await shirt.click()
    await expect(shirt).to_have_attribute("aria-pressed", "true")
    card = room.state().card
    assert card is not None
    assert card.product_id == "AP2002"


async def test_a_fallback_tells_its_cause_and_outputs_their_state(
    page: Page, room: FakeRoom
) -> None:
    lost = SinkState("rtmp://push.example.com/live", "retrying", "对方断开，3 秒后再连", 12)
    room.change(status="fallback", reasons=("语音进程重启中，先放字幕和背景音乐",), sinks=(lost,))
    await expect(page.locator("#badge-word")).to_have_text("降级直播")
    await expect(page.locator("#cause")).to_have_text("语音进程重启中，先放字幕和背景音乐")
    await expect(page.locator(".sink")).to_contain_text("对方断开，3 秒后再连 · 丢 12 帧")


async def test_the_shop_is_read_changed_and_fed(page: Page, room: FakeRoom, tmp_path: Path) -> None:
    await page.click("[data-tab=shop]")
    price = page.locator("[data-fact='BT1001.price']")
    await expect(price).to_contain_text("¥199")
    await expect(price.locator(".source")).to_contain_text("秋季选品.xlsx")
    await expect(price.locator(".source")).to_contain_text("Sheet1 第 2 行，“直播价”列")
    await price.get_by_role("button").click()
    await price.locator("input").fill("179")
    await price.locator("input").press("Enter")
    await expect(price).to_contain_text("¥179")
    await page.click(".file >> nth=0")
    await expect(page.locator(".report").first).to_contain_text("“待定”不是价格")
    sheet = tmp_path / "夏凉.csv"
    sheet.write_text("商品名,售价\n冰丝凉席,89\n", encoding="utf-8")
    await page.set_input_files("#drop-input", sheet)
    await expect(page.locator("#files")).to_contain_text("夏凉.csv")
    await expect(page.locator(".report").last).to_contain_text("“售价”当作价格")
    await page.fill("#check-text", "第一名的精华只要179元")
    await page.click("#check-form button")
    await expect(page.locator(".verdict")).to_have_attribute("data-ok", "false")
    await expect(page.locator(".verdict")).to_contain_text("绝对化用语")


async def test_a_report_is_in_the_language_of_the_page(page: Page) -> None:
    await page.click("[data-tab=shop]")
    await page.click(".file >> nth=0")
    refused = page.locator(".report li[data-outcome=refused]")
    await expect(refused).to_contain_text("Sheet1 第 7 行")
    await expect(refused).to_contain_text("“待定”不是价格")
    await page.evaluate("import('/static/js/i18n.js').then((m) => m.choose('en'))")
    await expect(refused).to_contain_text("'待定' is not one price")


@pytest.mark.parametrize(
    ("locale", "said"), [("zh-CN", "“面议”不是数字"), ("en-GB", "is no number")]
)
async def test_a_refusal_is_in_the_language_of_the_page(
    browser: Browser, address: str, locale: str, said: str
) -> None:
    async with opened(browser, address, DESK, locale) as (page, _):
        await page.click("[data-tab=shop]")
        price = page.locator("[data-fact='BT1001.price']")
        await price.get_by_role("button").click()
        await price.locator("input").fill("面议")
        await price.locator("input").press("Enter")
        await expect(page.locator("body")).to_contain_text(said)


async def test_a_guessed_column_is_put_right(page: Page) -> None:
    await page.click("[data-tab=shop]")
    await page.click(".file >> nth=0")
    choice = page.locator(".meaning select")
    await expect(choice).to_have_value("price")
    await choice.select_option("material")
    await expect(choice).to_have_count(0)


async def test_a_lost_connection_is_said_and_mended(browser: Browser, room: FakeRoom) -> None:
    async with contextlib.AsyncExitStack() as stack:
        async with served(room) as address:
            page, _ = await stack.enter_async_context(opened(browser, address, DESK, "zh-CN"))
            await expect(page.locator("#badge-word")).to_have_text("直播中")
            await expect(page.locator("#lost")).to_be_hidden()
        await expect(page.locator("#lost")).to_be_visible()
        room.add("shop", file="later.csv")
        await stack.enter_async_context(served(room, port=int(address.rpartition(":")[2])))
        await expect(page.locator("#lost")).to_be_hidden(timeout=15_000)
        await page.click("[data-tab=journal]")
        await expect(page.locator(".entry-text").first).to_contain_text("later.csv")


async def test_the_language_is_the_browsers_and_can_be_changed(
    browser: Browser, address: str
) -> None:
    async with opened(browser, address, DESK, "en-US") as (page, complaints):
        await expect(page.locator("#badge-word")).to_have_text("LIVE")
        await expect(page.locator("#do-pause")).to_contain_text("Pause")
        await page.click("#language")
        await expect(page.locator("#badge-word")).to_have_text("直播中")
        await expect(page.locator("#do-pause")).to_contain_text("暂停")
        await page.reload()
        await expect(page.locator("#do-pause")).to_contain_text("暂停")
        assert complaints == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
async def test_on_a_phone_nothing_sticks_out_sideways(
    browser: Browser, address: str, locale: str
) -> None:
    async with opened(browser, address, PHONE, locale) as (page, complaints):
        await expect(page.locator("#products .product")).to_have_count(3)
        for view in ("live", "comments", "shop", "journal"):
            await page.click(f"[data-tab={view}]")
            for part in ("document.documentElement", "document.getElementById('main')"):
                wide = await page.evaluate(f"{part}.scrollWidth - {part}.clientWidth")
                assert wide <= 0, f"{part} in {view}"
            small = await page.evaluate(
                "[...document.querySelectorAll('.deck button, .tabs button, .compose button')]"
                ".map((b) => b.getBoundingClientRect()).filter((r) => r.width)"
                ".filter((r) => r.height < 40 || r.width < 44).length"
            )
            assert small == 0, view
        assert complaints == []


async def test_every_control_has_a_name(page: Page) -> None:
    for view in ("live", "shop", "journal"):
        await page.click(f"[data-tab={view}]")
        nameless = await page.evaluate(
            "[...document.querySelectorAll('button, input, textarea, select, a')]"
            ".filter((n) => n.offsetParent && !n.textContent.trim()"
            " && !n.getAttribute('aria-label') && !n.labels?.length).map((n) => n.outerHTML)"
        )
        assert nameless == []


async def test_the_preview_page_plays_alone(browser: Browser, address: str) -> None:
    async with opened(browser, f"{address}/preview", PHONE, "zh-CN") as (page, complaints):
        await until(page, "document.getElementById('video').currentTime > 0")
        await expect(page.locator("#sound")).to_contain_text("点一下听声音")
        assert complaints == []


async def test_signing_in_with_the_token(browser: Browser, room: FakeRoom) -> None:
    async with (
        served(room, "long-and-secret") as address,
        opened(browser, address, DESK, "zh-CN") as (page, _),
    ):
        await page.fill("#token", "long-and-secret")
        await page.click("button")
        await expect(page.locator("#badge-word")).to_have_text("直播中")
        await until(page, "document.getElementById('video').currentTime > 0")
