"""The development server in a real browser."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.commands.server import CONFIG, PATIENCE, started


def test_a_page_is_loaded_anew_under_the_policy(browser: Browser, tmp_path: Path) -> None:
    with started(tmp_path, CONFIG.replace("name: mkdocs", "name: material, font: false")) as server:
        server.shows("First name")
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"http://{server.address}/")
        for words in ("Once more", "And again"):
            (server.home / "docs" / "index.md").write_text(f"# Page\n\n{words}.\n", "utf-8")
            expect(page.locator("article")).to_contain_text(words, timeout=PATIENCE * 1000)
        for _ in range(10 * PATIENCE):  # the script stands behind the words
            if said.count("Enabled live reload") >= 3:
                break
            page.wait_for_timeout(100)
        page.close()
        assert [text for text in said if "Security Policy" in text] == []
        assert said.count("Enabled live reload") >= 3
