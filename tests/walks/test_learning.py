"""A learner follows a course without an account: with scripts, without, on two devices, and on a slow line."""

import re

import pytest
from playwright.sync_api import expect

from cms.models import Opinion
from tests.walks.cms_stops import fill

pytestmark = pytest.mark.walk
COURSE = "/en/learn/passerelle/telephone/"
KEPT = "JSON.stringify(Object.entries(localStorage))"


def finish_first_lesson(walker):
    """From the course's page to the first lesson, which is marked as finished."""
    page = walker.visit(COURSE)
    page.get_by_role("link", name="Begin: What is at stake").click()
    page.get_by_role("button", name="I finished this lesson").click()
    expect(page.locator("[data-marked]")).to_be_visible()
    return page


def code_of(walker) -> str:
    page = walker.visit(COURSE)
    page.get_by_role("button", name="Show my progress code").click()
    return page.locator("output").inner_text()


def take_over(page, typed: str):
    page.locator("[data-progress] summary").click()
    page.get_by_label("A code from another device").fill(typed)
    page.get_by_role("button", name="Take it over").click()


def forget(page):
    page.get_by_role("button", name="Forget everything on this device").click()
    page.locator("dialog").get_by_role("button", name="Forget everything on this device").click()
    expect(page.locator("[data-say=forgotten]")).to_be_focused()


def test_a_course_is_followed_to_its_end_and_the_device_remembers(visitors):
    fill("en")
    walker = visitors(language="en")
    page = finish_first_lesson(walker)
    page.get_by_role("link", name="Next: Before you leave").click()
    page.get_by_role("button", name="I finished this lesson").click()
    page.get_by_role("link", name="Next: Everything").click()
    expect(page.locator("nav[data-outline] .mark-done")).to_have_count(2)
    page.get_by_role("link", name="To the end of the course").click()
    expect(page.locator("[data-count]")).to_have_text("2 of 3 lessons finished")
    expect(page.locator(".prose li .mark-done")).to_have_count(2)
    expect(page.locator(".prose li", has_text="Before you leave")).to_have_text("Before you leave 10 minutes Finished")
    walker.witness.testify()


def test_the_main_button_of_a_course_leads_to_what_is_not_finished_yet(visitors):
    fill("en")
    walker = visitors(language="en", phone=True)
    page = walker.visit(COURSE)
    main = page.locator(".top .btn")
    expect(main).to_have_text("Begin: What is at stake")
    assert main.bounding_box()["y"] < 740, "on a phone it stands on the first screen"
    for lesson, onward in [("Before you leave", "Go on: Everything"), ("Everything", "Go on: What is at stake")]:
        page.locator("[data-lesson]").get_by_role("link", name=lesson).click()
        page.get_by_role("button", name="I finished this lesson").click()
        page = walker.visit(COURSE)
        expect(main).to_have_text(onward)
    main.click()
    page.get_by_role("button", name="I finished this lesson").click()
    page = walker.visit(COURSE)
    expect(main).to_have_text("A certificate for this course")
    page.locator("[data-progress] summary").click()
    forget(page)
    expect(main).to_have_text("Begin: What is at stake")
    main.click()
    page.wait_for_url("**/stake/")


def test_a_second_click_or_key_does_not_take_the_mark_back(visitors):
    fill("en")
    page = visitors(language="en").visit(f"{COURSE}at-home/leave/")
    mark = page.get_by_role("button", name="I finished this lesson")
    back = page.get_by_role("button", name="Take the mark back")
    mark.dblclick()
    expect(back).to_be_visible()
    back.click()
    assert page.evaluate(KEPT) == "[]"
    mark.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-marked]")).to_be_focused()
    expect(back).to_be_visible()


def test_nothing_is_kept_before_the_reader_marks_something_and_nothing_is_sent(visitors):
    fill("en")
    walker = visitors(language="en")
    sent = []
    walker.context.on("request", lambda request: "/static/" in request.url or sent.append(request))
    for address in (COURSE, f"{COURSE}at-home/leave/", "/en/learn/progress/"):
        page = walker.visit(address)
        assert page.evaluate(KEPT) == "[]"
    page = walker.visit(f"{COURSE}at-home/leave/")
    before = len(sent)
    page.get_by_role("button", name="I finished this lesson").click()
    page.get_by_role("checkbox", name="Charged.").check()
    page.get_by_role("radio", name="It is quicker").check()
    page.get_by_role("button", name="Check my answer").click()
    assert "learning" in page.evaluate(KEPT)
    assert sent[before:] == []
    assert {request.method for request in sent} == {"GET"}
    assert not any("?" in request.url for request in sent)
    assert walker.context.cookies() == []


def test_a_progress_code_moves_the_finished_lessons_to_another_device(visitors):
    fill("en")
    first, second = visitors(language="en"), visitors(language="en", phone=True)
    finish_first_lesson(first)
    code = code_of(first)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{2}", code)
    page = second.visit(COURSE)
    expect(page.locator("[data-count]")).to_have_text("0 of 3 lessons finished")
    take_over(page, f"  {code.lower().replace('-', ' ').replace('0', 'o')} ")
    expect(page.locator("[data-count]")).to_have_text("1 of 3 lessons finished")
    assert code_of(second) == code
    page = second.visit("/en/learn/progress/")
    expect(page.locator("[data-course]:visible [data-count]")).to_have_text("1 of 3 lessons finished")


def test_a_code_with_a_slip_of_the_pen_or_of_another_course_is_refused(visitors):
    fill("en")
    walker = visitors(language="en")
    finish_first_lesson(walker)
    code = code_of(walker)
    other = visitors(language="en")
    page = other.visit(COURSE)
    page.locator("[data-progress] summary").click()
    for place in range(len(code)):
        if code[place] == "-":
            continue
        slip = code[:place] + ("7" if code[place] != "7" else "8") + code[place + 1 :]
        page.get_by_label("A code from another device").fill(slip)
        page.get_by_role("button", name="Take it over").click()
        expect(page.locator("[data-say=unknown]")).to_be_visible()
    assert page.evaluate(KEPT) == "[]"
    page.locator("[data-course]").evaluate("host => { host.dataset.course = '00000000'; }")
    page.get_by_label("A code from another device").fill(code)
    page.get_by_role("button", name="Take it over").click()
    expect(page.locator("[data-say=unknown]")).to_be_visible()


def test_a_code_from_before_a_lesson_was_added_still_fits(visitors):
    fill("en")
    walker = visitors(language="en")
    finish_first_lesson(walker)
    code = code_of(walker)
    page = visitors(language="en").visit(COURSE)
    page.locator("[data-course]").evaluate("host => { host.dataset.lessons += ' ffffffff'; }")
    take_over(page, code)
    expect(page.locator("[data-count]")).to_have_text("1 of 3 lessons finished")


def test_ticks_stay_until_everything_is_forgotten_on_purpose(visitors):
    fill("en")
    walker = visitors(language="en")
    page = walker.visit(f"{COURSE}at-home/leave/")
    page.get_by_role("checkbox", name="Charged.").check()
    page.get_by_role("button", name="I finished this lesson").click()
    page = walker.visit(f"{COURSE}at-home/leave/")
    assert page.get_by_role("checkbox", name="Charged.").is_checked()
    page.get_by_role("link", name="See it, move it or forget it").click()
    page.get_by_role("button", name="Forget everything on this device").click()
    question = page.get_by_role("dialog", name="Forget everything?")
    expect(question).to_contain_text("Every mark of a finished lesson and every tick goes")
    keep = question.get_by_role("button", name="Keep it")
    expect(keep).to_be_focused()
    keep.click()
    expect(question).to_be_hidden()
    assert page.evaluate(KEPT) != "[]"
    page.get_by_role("button", name="Forget everything on this device").click()
    question.get_by_role("button", name="Forget").dispatch_event("click", {"detail": 2})
    assert page.evaluate(KEPT) != "[]", "the second half of a double click forgets nothing"
    page.keyboard.press("Escape")
    forget(page)
    expect(page.locator("[data-none]")).to_be_visible()
    assert page.get_by_role("button", name="Forget everything").count() == 0
    assert page.evaluate(KEPT) == "[]"
    page = walker.visit(f"{COURSE}at-home/leave/")
    assert not page.get_by_role("checkbox", name="Charged.").is_checked()


def test_a_question_is_judged_on_the_page_one_answer_or_several(visitors):
    fill("en")
    page = visitors(language="en").visit(f"{COURSE}street/everything/")
    one, many = page.locator("[data-question]").all()
    one.get_by_role("button").click()
    expect(one.get_by_text("Choose an answer first.")).to_be_visible()
    one.get_by_role("radio", name="It is quicker").check()
    one.get_by_role("button").click()
    expect(one.get_by_text("The finger is quicker.")).to_be_visible()
    expect(one.get_by_text("Not quite.")).to_be_visible()
    one.get_by_role("radio", name="Nobody can press it").check()
    expect(one.get_by_text("Not quite.")).to_be_hidden()
    expect(one.get_by_text("The finger is quicker.")).to_be_hidden()
    one.get_by_role("button").click()
    expect(one.get_by_text("That is right.")).to_be_visible()
    expect(one.get_by_text("The finger is quicker.")).to_be_hidden()
    many.get_by_role("checkbox", name="The second telephone").check()
    many.get_by_role("button").click()
    expect(many.get_by_text("Not quite.")).to_be_visible()
    many.get_by_role("checkbox", name="The watch").check()
    expect(many.get_by_text("Not quite.")).to_be_hidden()
    many.get_by_role("button").click()
    expect(many.get_by_text("That is right.")).to_be_visible()


def test_a_browser_that_keeps_nothing_says_so_and_the_course_can_be_followed(visitors):
    fill("en")
    walker = visitors(language="en")
    closed = "{ get() { throw new DOMException('closed', 'SecurityError'); } }"
    walker.context.add_init_script(f"Object.defineProperty(window, 'localStorage', {closed})")
    page = walker.visit(f"{COURSE}at-home/leave/")
    expect(page.locator("[data-scriptless]")).to_be_visible()
    assert page.get_by_role("button", name="I finished this lesson").count() == 0
    expect(page.locator("[data-question]").get_by_role("button", name="Check my answer")).to_be_visible()


@pytest.mark.database
def test_without_scripts_a_course_is_read_answered_certified_and_judged(scriptless, site):
    fill("en")
    page = scriptless.visit(COURSE)
    expect(page.get_by_text("Your progress is not kept.")).to_be_visible()
    assert page.get_by_role("button").count() == 0
    page.get_by_role("link", name="Begin: What is at stake").click()
    page.get_by_role("link", name="Next: Before you leave").click()
    assert page.locator("[data-tick] .box").count() == 2, "a drawn box, no sign that says it is done"
    assert page.locator("[data-tick] .icon").count() == 0
    page.get_by_text("Nobody can press it out of your hand").click()
    expect(page.get_by_text("A code must be spoken.")).to_be_visible()
    page.get_by_role("link", name="Was this useful? Tell us.").click()
    page.get_by_label("Yes").check()
    page.get_by_label("What was good").fill("The list.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Opinion.objects.get().words == "The list."
    page = scriptless.visit(COURSE)
    page.get_by_role("link", name="A certificate for this course").click()
    page.get_by_label("Name to print").fill("Jeanne Wagener")
    page.get_by_role("button", name="Show the certificate").click()
    expect(page.get_by_text("Jeanne Wagener")).to_be_visible()
    assert page.get_by_role("button", name="Print").count() == 0
    assert "Jeanne" not in page.url
    scriptless.witness.testify()


def test_on_a_light_page_no_picture_and_no_script_is_loaded_on_the_whole_way(visitors):
    fill("en")
    walker = visitors(language="en")
    loaded = []
    walker.context.on("request", lambda request: loaded.append((request.resource_type, request.url)))
    page = walker.visit(COURSE)
    page.get_by_role("link", name="Slow connection?").click()
    page.wait_for_url("**/telephone/?light=1")
    loaded.clear()
    page.get_by_role("link", name="Begin: What is at stake").click()
    page.wait_for_url("**/stake/?light=1")
    page.get_by_role("link", name="Everything").click()
    page.wait_for_url("**/everything/?light=1")
    kinds = {kind for kind, address in loaded if not address.endswith(".svg")}
    assert kinds <= {"document", "stylesheet"}
    page.get_by_role("link", name="Show pictures again").click()
    page.wait_for_url("**/everything/")
    expect(page.get_by_role("img", name="A viaduct")).to_be_visible()


def test_a_lesson_on_paper_holds_its_folded_answers_and_no_buttons(visitors):
    fill("en")
    page = visitors(language="en").visit(f"{COURSE}street/everything/")
    reason = page.get_by_text("The finger is quicker.")
    expect(reason).to_be_hidden()
    page.emulate_media(media="print")
    expect(reason).to_be_visible()
    expect(page.get_by_text("Licence", exact=True)).to_be_visible()
    assert not page.get_by_role("button", name="I finished this lesson").is_visible()
    assert not page.locator("nav[data-outline]").is_visible()
    height = "document.querySelector('.prose > details.more > div').getBoundingClientRect().height"
    assert page.evaluate(height) > 0
