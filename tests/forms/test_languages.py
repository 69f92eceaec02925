"""The language of a text: right for whole sentences in many languages, and never sure of a few words."""

import json
import subprocess
import sys
import time

import pytest

from precedent.catalogue import starter
from precedent.forms.languages import detect, language_of
from precedent.kernel.languages import LANGUAGES, is_language
from tests import given

SENTENCES = {
    "ar": "افتتحت المدينة مكتب مساعدة في محطة الحافلات للعمال العائدين إلى ديارهم.",
    "zh": "市政府在汽车站为返乡的移民工人开设了咨询台，并用四种语言回答他们的问题。",
    "en": "The city opened a help desk at the bus park for workers who came home.",
    "fr": "La ville a ouvert un bureau d’aide à la gare routière pour les travailleurs de retour.",
    "ru": "Город открыл справочное бюро на автовокзале для возвращающихся трудящихся-мигрантов.",
    "es": "La ciudad abrió una oficina de ayuda en la terminal para los trabajadores que regresaban.",
    "pt": "A cidade abriu um balcão de apoio no terminal de autocarros para os trabalhadores que regressavam.",
    "de": "Die Stadt eröffnete am Busbahnhof eine Beratungsstelle für zurückkehrende Arbeitskräfte.",
    "it": "La città ha aperto uno sportello di aiuto alla stazione degli autobus per i lavoratori che tornavano.",
    "ne": "सहरले बसपार्कमा फर्केका कामदारहरूका लागि सहायता कक्ष खोल्यो।",
    "tl": "Nagbukas ang lungsod ng tanggapan ng tulong sa terminal para sa mga manggagawang umuuwi.",
    "bn": "শহরটি ফিরে আসা শ্রমিকদের জন্য বাস টার্মিনালে একটি সহায়তা কেন্দ্র খুলেছে।",
    "ur": "شہر نے واپس آنے والے کارکنوں کے لیے بس اڈے پر ایک امدادی مرکز کھولا۔",
    "fa": "شهر برای کارگران بازگشته در پایانه اتوبوس یک میز راهنما باز کرد.",
    "hi": "शहर ने लौटने वाले श्रमिकों के लिए बस अड्डे पर एक सहायता केंद्र खोला।",
    "tr": "Belediye, dönen işçiler için otogarda bir danışma masası açtı.",
    "uk": "Місто відкрило довідкове бюро на автовокзалі для працівників, які повернулися.",
    "ko": "시는 귀국한 노동자들을 위해 버스 터미널에 상담 창구를 열었다.",
    "ja": "市は帰国した労働者のためにバスターミナルに相談窓口を開設した。",
    "vi": "Thành phố đã mở một bàn trợ giúp tại bến xe cho người lao động trở về.",
    "th": "เมืองได้เปิดจุดช่วยเหลือที่สถานีขนส่งสำหรับแรงงานที่กลับบ้าน",
    "am": "ከተማው ወደ አገራቸው ለሚመለሱ ሠራተኞች በአውቶቡስ ጣቢያ የእርዳታ ዴስክ ከፈተ።",
    "sw": "Jiji lilifungua dawati la msaada katika kituo cha mabasi kwa wafanyakazi waliorudi nyumbani.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_recognised_in_its_language_and_the_guess_is_sure(language: str) -> None:
    guess = detect(SENTENCES[language])
    assert (guess.code, guess.sure) == (language, True)
    assert is_language(guess.code)


def test_the_six_languages_of_the_interface_are_among_those() -> None:
    assert {language.code for language in LANGUAGES} <= SENTENCES.keys()


def test_of_close_relatives_one_is_guessed_and_not_surely() -> None:
    guess = detect("Kota ini membuka meja bantuan di terminal bus bagi para pekerja yang pulang.")
    assert (guess.code, guess.sure) == ("id", False)


def test_every_starter_entry_is_in_english_and_no_title_of_a_few_words_is_sure_of_another_language() -> None:
    told = [json.loads(line) for file in starter.shipped_files() for line in file.read_text("utf-8").splitlines()]
    start = time.perf_counter()
    guesses = [language_of(record) for record in told]
    assert time.perf_counter() - start < 334 * 0.02
    assert {(guess.code, guess.sure) for guess in guesses} == {("en", True)}
    titles = [detect(record["title"]) for record in told]
    assert [guess.code for guess in titles].count("en") > 320
    assert not [guess for guess in titles if guess.sure and guess.code != "en"]


@pytest.mark.parametrize("text", ["", " ", "2019", "PPD-000123 …", "Femili", "移民", *given.NASTY])
def test_where_there_is_little_to_go_by_the_guess_is_never_sure(text: str) -> None:
    guess = detect(text[:20])
    assert not guess.sure and is_language(guess.code)


def test_no_text_makes_an_error_and_a_paste_of_megabytes_takes_no_longer_than_a_page() -> None:
    for text in (*given.NASTY, "half a sign \ud800"):
        assert is_language(detect(text * 3).code)
    start = time.perf_counter()
    assert detect(SENTENCES["fr"] * 100_000).code == "fr"
    assert time.perf_counter() - start < 0.5


def test_a_draft_is_read_by_its_own_words_not_by_the_names_and_sources_in_it() -> None:
    draft = {
        "title": "Guichet d’aide aux travailleurs",
        "measures": [{"id": "m1", "text": SENTENCES["fr"], "instrument": "hotline-or-app"}],
        "implementers": [
            {"id": "i1", "name": "Ministry of Labour, Employment and Social Security of the Republic"}
        ],
        "references": [{"id": "s1", "title": "A help desk for the workers who have come home to their country"}],
    }
    assert (language_of(draft).code, language_of(draft).sure) == ("fr", True)
    assert not language_of({}).sure


def test_the_model_is_not_read_before_it_is_needed() -> None:
    program = (
        "import django; django.setup(); import sys, precedent.forms.languages; print('py3langid' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "precedent.project.settings", "PATH": "", "PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "False"
