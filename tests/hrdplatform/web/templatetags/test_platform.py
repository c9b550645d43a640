import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def draw(source, **context):
    return Template(source).render(Context(context))


class Letter(forms.Form):
    story = forms.CharField(label="Story", help_text="One sentence is enough.", widget=forms.Textarea)
    day = forms.DateField(label="Day", required=False)
    urgency = forms.ChoiceField(label="Urgency", choices=[("now", "Now"), ("soon", "Soon")], widget=forms.RadioSelect)
    noted = forms.BooleanField(label="I noted it")


def test_a_wrong_field_is_tied_to_its_hint_and_its_error():
    html = draw("{% field form.story %}", form=Letter({}))
    assert 'aria-describedby="id_story-hint id_story-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_story-error"' in html
    assert 'class="field wrong"' in html


def test_what_was_typed_stays_and_cannot_break_out():
    html = draw("{% field form.day %}", form=Letter({"day": '"><script>'}))
    assert "&quot;&gt;&lt;script&gt;" in html
    assert "<script>" not in html


def test_a_field_that_may_stay_empty_says_so():
    assert "(optional)" in draw("{% field form.day %}", form=Letter())
    assert "(optional)" not in draw("{% field form.story %}", form=Letter())


def test_choices_are_a_group_with_a_legend():
    html = draw("{% field form.urgency %}", form=Letter({"urgency": "soon"}))
    assert "<fieldset" in html
    assert html.count('type="radio"') == 2
    assert html.count("checked") == 1


def test_a_single_tick_has_its_label_beside_it():
    html = draw("{% field form.noted %}", form=Letter())
    assert 'type="checkbox"' in html
    assert '<label for="id_noted">' in html


def test_the_summary_links_to_each_error():
    html = draw("{% errors form %}", form=Letter({"day": "x"}))
    assert 'role="alert"' in html
    for name in ("story", "day", "urgency", "noted"):
        assert f'href="#id_{name}"' in html
    assert "4 things before you go on" in html


def test_without_errors_there_is_no_summary():
    assert draw("{% errors form %}", form=Letter()).strip() == ""


@pytest.mark.parametrize(
    ("level", "tone"), [("error", "danger"), ("success", "ok"), ("seal", "seal"), ("info", "info")]
)
def test_a_notice_knows_django_s_levels(level, tone):
    html = draw(f'{{% notice "{level}" %}}<p>{{{{ words }}}}</p>{{% endnotice %}}', words="<b>")
    assert f'class="notice is-{tone}"' in html
    assert "<p>&lt;b&gt;</p>" in html


def test_pages_keep_the_rest_of_the_question():
    request = RequestFactory().get("/?q=a%26b&page=2")
    html = draw("{% pages page %}", request=request, page=Paginator(range(100), 10).page(2))
    assert 'href="?q=a%26b&amp;page=3" rel="next"' in html
    assert html.count("aria-current") == 1


def test_one_page_needs_no_links():
    assert draw("{% pages page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


def test_steps_tell_what_is_done():
    html = draw('{% steps 2 "one" "two" "three" %}')
    assert html.count('class="done"') == 1
    assert html.count('aria-current="step"') == 1
