"""The template tags: components, RAG tags, summary lists, pages and sorted headings."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from prevent_tracker.core.templatetags.govuk import RAG_WORDS, parameters


def rendered(source: str, address: str = "/plan/", **context) -> str:
    request = RequestFactory().get(address)
    return Template("{% load govuk %}" + source).render(Context({"request": request, **context}))


def test_tag_words_become_parameters():
    assert parameters({"text": "a", "hint__text": "b", "icon_fallback_text": "c", "attributes__data_x": "d"}) == {
        "text": "a",
        "hint": {"text": "b"},
        "iconFallbackText": "c",
        "attributes": {"data-x": "d"},
    }


def test_a_component_escapes_what_it_is_given():
    html = rendered('{% govuk "tag" text=words classes="govuk-tag--grey" %}', words="<b>&</b>")
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in html and "govuk-tag--grey" in html
    assert 'href="&#34;' in rendered('{% govuk "back-link" text="Back" href=words %}', words='"><script>')


@pytest.mark.parametrize(("rating", "word"), [*RAG_WORDS.items(), (None, "Not rated"), ("", "Not rated")])
def test_a_rating_is_always_a_word_and_a_class(rating, word):
    assert rendered("{% rag rating %}", rating=rating) == (
        f'<strong class="app-rag app-rag--{rating or "not_rated"}">{word}</strong>'
    )


@pytest.mark.parametrize("word", ["<i>Amber</i>", mark_safe("<i>Amber</i>")])
def test_a_councils_own_word_for_a_rating_is_escaped(word):
    assert ">&lt;i&gt;Amber&lt;/i&gt;<" in rendered('{% rag "at_risk" word %}', word=word)


def test_what_is_no_rating_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        rendered('{% rag "purple" %}')


def test_a_summary_list_says_what_was_not_given_and_escapes_the_rest():
    html = rendered(
        "{% summary_list rows %}",
        rows=[("Owner", "<b>Police</b>"), ("Last", ""), ("Count", 0), ("Due", "31 March", "/edit/", "Change")],
    )
    assert "&lt;b&gt;Police" in html and "Not given" in html and ">\n      0\n" in html
    assert 'href="/edit/"' in html and "govuk-visually-hidden" in html


def test_pages_keep_the_filters():
    page = Paginator(range(300), 30).page(4)
    html = rendered("{% pagination page %}", "/plan/?rating=at_risk&page=4", page=page)
    assert 'href="?rating=at_risk&amp;page=3"' in html and 'href="?rating=at_risk&amp;page=10"' in html
    assert 'aria-current="page"' in html
    assert rendered("{% pagination page %}", page=Paginator(range(3), 30).page(1)) == ""


@pytest.mark.parametrize(("address", "sort", "link"), [
    ("/plan/", "none", "?sort=due"),
    ("/plan/?sort=due", "ascending", "?sort=-due"),
    ("/plan/?sort=-due", "descending", "?sort=due"),
    ("/plan/?rating=at_risk", "none", "?rating=at_risk&amp;sort=due"),
])  # fmt: skip
def test_a_sorted_heading(address, sort, link):
    html = rendered('{% sort_heading "Due date" "due" %}', address)
    assert f'aria-sort="{sort}"' in html and f'href="{link}"' in html and 'scope="col"' in html


def test_a_heading_that_is_sorted_by_default():
    assert 'aria-sort="ascending"' in rendered('{% sort_heading "Ref" "ref" default="ref" %}')
